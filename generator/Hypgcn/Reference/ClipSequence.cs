namespace Hypgcn.Reference;

/// <summary>Clips as an accelerator gets them, one after another from reset on: what its RFC FIFOs drop can depend on the clip before.</summary>
/// <remarks>
/// Every clip is first evaluated as if nothing were dropped, on all cores. Then the rules are applied to the words that each needs,
/// in order; only a clip of which something is dropped is evaluated again.
/// </remarks>
public sealed class ClipSequence
{
    private readonly IntegerNetwork _network;
    private readonly RfcState? _state;

    /// <param name="network">The network.</param>
    /// <param name="rules">One entry per block, or none at all: nothing is dropped.</param>
    public ClipSequence(IntegerNetwork network, IReadOnlyList<BlockRfcRules> rules)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count != 0 && rules.Count != network.BlockCount)
        {
            throw new ArgumentException($"{rules.Count} rules for {network.BlockCount} blocks.", nameof(rules));
        }
        _network = network;
        _state = rules.All(block => block.IsLossless) ? null : new RfcState(rules);
    }

    /// <summary>All boundaries of the next clips.</summary>
    /// <param name="clips">Each [person, frame, joint, channel], quantised.</param>
    /// <param name="cancellationToken">Stops the evaluation; the sequence is then of no more use.</param>
    public ClipTrace[] Run(IReadOnlyList<short[]> clips, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Each(clips, _network.Run, null, cancellationToken);
    }

    /// <summary>Logits of the next clips.</summary>
    /// <param name="clips">Each [person, frame, joint, channel], quantised.</param>
    /// <param name="done">Is told of each clip, from any thread.</param>
    /// <param name="cancellationToken">Stops the evaluation; the sequence is then of no more use.</param>
    public ClipScore[] Score(IReadOnlyList<short[]> clips, Action? done = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Each(clips, _network.Score, done, cancellationToken);
    }

    private T[] Each<T>(
        IReadOnlyList<short[]> clips, Func<short[], FifoPass?, T> evaluate, Action? done, CancellationToken cancellationToken)
    {
        var results = new T[clips.Count];
        var needs = new FifoCounter?[clips.Count];
        Parallel.For(0, clips.Count, AllCores.With(cancellationToken), n =>
        {
            needs[n] = _state is null ? null : new FifoCounter((block, reader) => _state[block, reader] is not null);
            results[n] = evaluate(clips[n], needs[n]);
            done?.Invoke();
        });
        for (var n = 0; _state is not null && n < clips.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_state.TryTake(needs[n]!))
            {
                results[n] = evaluate(clips[n], new FifoFilter(_state));
            }
        }
        return results;
    }
}
