using Hypgcn.Hardware;

namespace Hypgcn.Cycles;

/// <summary>
/// The exact cycle model: every stage as the state machine that the Verilog is, stepped cycle by cycle with the clips'
/// counts of non-zeros. No data, no arithmetic. All hand-shakes between stages depend on registered state only, so a
/// cycle is: everything decides, then everything moves. Every unit knows when something happens in it next, and is left out until
/// then. What a unit gives to another has the cycle from which on it is there, so that it is given ahead of time wherever nothing that is
/// not known yet can come between.
/// </summary>
public static class CycleModel
{
    /// <summary>Predicts a run of clips back to back.</summary>
    /// <param name="design">The design.</param>
    /// <param name="clips">The clips, in order; at least one.</param>
    /// <param name="pattern">Stalls of the ports and gaps between clips.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="InvalidOperationException">Nothing moved for a million cycles: the design would hang.</exception>
    public static CyclePrediction Predict(
        AcceleratorDesign design, IReadOnlyList<ClipActivity> clips, PortPattern pattern, CancellationToken cancellationToken = default) =>
        Predict(design, clips, new ValuePort(design, clips.Count, pattern), pattern, cancellationToken);

    /// <summary>Predicts a run behind the AXI shell; input cycles are those of its stream: first beat, and beat with TLAST.</summary>
    /// <param name="design">The design.</param>
    /// <param name="clips">The clips as the shell makes them of the packets, one for each.</param>
    /// <param name="packets">What is sent.</param>
    /// <param name="pattern">Stalls of the ports and gaps between packets.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static CyclePrediction Predict(
        AcceleratorDesign design,
        IReadOnlyList<ClipActivity> clips,
        PacketInput packets,
        PortPattern pattern,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(packets);
        ArgumentOutOfRangeException.ThrowIfNotEqual(packets.Values.Count, clips.Count);
        return Predict(design, clips, new PacketPort(design, packets, pattern), pattern, cancellationToken);
    }

    /// <summary>The same cycle by cycle: what is left out or done ahead must not matter.</summary>
    internal static CyclePrediction PredictEveryCycle(
        AcceleratorDesign design, IReadOnlyList<ClipActivity> clips, PortPattern pattern, CancellationToken cancellationToken = default) =>
        Predict(design, clips, new ValuePort(design, clips.Count, pattern), pattern, cancellationToken, ahead: false);

    private static CyclePrediction Predict(
        AcceleratorDesign design, IReadOnlyList<ClipActivity> clips, IInputPort port, PortPattern pattern, CancellationToken cancellationToken, bool ahead = true)
    {
        ArgumentOutOfRangeException.ThrowIfZero(clips.Count);
        var counters = design.Stages.Select(name => new StageCounter(name)).ToList();
        var input = new InputModel(design, port, counters[0]);
        var blocks = Blocks(design, clips, counters, ahead);
        var pool = new PoolModel(design, counters[^2]);
        var classifier = new ClassifierModel(design, clips.Count, pool, pattern, counters[^1]);
        BankSource[] sources = [input, .. blocks];
        BankSink[] sinks = [.. blocks.Select(block => block.Fork), pool];
        BankLink[] links = [.. sources.Zip(sinks, (source, sink) => new BankLink(source, sink, ahead))];
        var limit = Limit(design, clips.Count);
        long cycle = 0;
        CyclePrediction? prediction = null;
        // With a stride the last values of a clip may not matter to any logit: they are accepted after the last one.
        for (long step = 0; prediction is null || !port.Done; step++)
        {
            if ((step & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
            if (cycle > limit)
            {
                throw new InvalidOperationException($"{design.Name}: no result after {limit} cycles; the design hangs.");
            }
            var next = Step(cycle, input, blocks, links, ahead);
            if (cycle >= classifier.Wake || !ahead)
            {
                classifier.Step(cycle);
            }
            if (classifier.Done)
            {
                prediction ??= Read(cycle + 1, port, classifier, counters);
            }
            cycle = ahead ? Math.Max(cycle + 1, Math.Min(classifier.Wake, next)) : cycle + 1;
        }
        return prediction;
    }

    private static CyclePrediction Read(long cycles, IInputPort port, ClassifierModel classifier, List<StageCounter> counters) => new()
    {
        FirstInput = port.First,
        LastInput = port.Last,
        FirstOutput = classifier.First,
        LastOutput = classifier.Last,
        TotalCycles = cycles,
        Stages = [.. counters.Select(counter => counter.Read(cycles))],
    };

    /// <returns>The next cycle in which something happens by itself.</returns>
    private static long Step(long cycle, InputModel input, BlockCycles[] blocks, BankLink[] links, bool ahead)
    {
        var isAwake = cycle >= input.Wake || !ahead; // the stage in front of a link
        if (isAwake)
        {
            input.Step(cycle);
        }
        var next = long.MaxValue;
        for (var b = 0; b < blocks.Length; b++)
        {
            var wasAwake = isAwake;
            isAwake = cycle >= blocks[b].Wake || !ahead;
            if (isAwake)
            {
                blocks[b].Step(cycle);
            }
            if (isAwake || wasAwake)
            {
                links[b].Commit(cycle);
            }
            // Behind its link nothing changes that any more.
            next = Math.Min(next, b == 0 ? input.Wake : blocks[b - 1].Wake);
        }
        links[^1].Commit(cycle);
        return Math.Min(next, blocks[^1].Wake);
    }

    private static BlockCycles[] Blocks(AcceleratorDesign design, IReadOnlyList<ClipActivity> clips, List<StageCounter> counters, bool ahead)
    {
        var blocks = new BlockCycles[design.Blocks.Count];
        var at = 1;
        foreach (var block in design.Blocks)
        {
            var count = block.StageCount;
            blocks[block.Number - 1] = new BlockCycles(block, clips, counters.GetRange(at, count), ahead);
            at += count;
        }
        return blocks;
    }

    /// <summary>More cycles than any run that moves can take: all work of all stages one after another, with stalls.</summary>
    private static long Limit(AcceleratorDesign design, int clips)
    {
        long work = design.ClipValues;
        foreach (var block in design.Blocks)
        {
            var rows = (long)design.Model.Persons * block.Frames * block.Joints;
            var row = block.Temporal.TotalPasses * ((16L * block.OutBanks) + block.Parameters.TemporalColumns + 1);
            row += (block.Residual.Passes + 1) * (16L * block.InBanks + block.Parameters.ResidualColumns);
            row += (block.Down.Passes + 1) * (16L * block.InBanks + block.Parameters.DownColumns);
            var frame = (long)block.GraphPasses * block.KeptChannels.Count * (block.Joints + block.Parameters.GraphWords);
            frame += (long)block.JointGroups * block.ChannelGroups * (block.ArrayOperations + block.Parameters.JointLanes);
            work += rows * (row + 64) + (rows / block.Joints * frame);
            work += (long)block.Temporal.Slots * block.Joints * block.Temporal.GroupChannels;
        }
        work += (long)design.Model.Classes * (design.Blocks[^1].Integers.OutputChannels + design.Parameters.ClassifierLanes);
        return 1_000_000 + (4 * work * clips);
    }
}
