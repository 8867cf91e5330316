using System.Diagnostics;
using Hypgcn.Cycles;
using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.CoSimulation;

/// <summary>Co-simulates any number of clips: in chunks that fit the memory, several at a time where asked for.</summary>
/// <remarks>Each chunk is a run from reset on, with its own golden results and its own prediction.</remarks>
public sealed class CoSimulationRun
{
    // Golden results of a chunk: every boundary of every clip.
    private const long ChunkBytes = 1_000_000_000;

    private readonly AcceleratorDesign _design;
    private readonly CoSimulationDesign _folder;
    private readonly VerilatorToolchain _toolchain;
    private readonly IntegerNetwork _network;

    /// <param name="design">The design.</param>
    /// <param name="folder">Its emitted folder.</param>
    /// <param name="toolchain">Builds the simulation.</param>
    public CoSimulationRun(AcceleratorDesign design, string folder, VerilatorToolchain toolchain)
    {
        _design = design;
        _folder = CoSimulationDesign.Of(design, folder);
        _toolchain = toolchain;
        _network = new IntegerNetwork(design.Model);
    }

    /// <summary>When the ports stall, the same in every chunk.</summary>
    public PortPattern Pattern { get; init; } = new();

    /// <summary>Chunks at a time, 1 or more; each is a process of its own.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Applies to every chunk; a trace needs that all clips are one chunk.</summary>
    public SimulationOptions Options { get; init; } = new();

    /// <summary>Index of the first clip in the user's file.</summary>
    public int FirstClip { get; init; }

    /// <summary>Clips of one chunk.</summary>
    public int ChunkClips(int clips) => Options.Trace is not null
        ? clips
        : (int)Math.Clamp(ChunkBytes / ClipBytes / Jobs, 2, Math.Max(2, (clips + Jobs - 1) / Jobs));

    /// <summary>Builds, simulates and compares.</summary>
    /// <param name="clips">The integers of the input stream, [clip][person, frame, joint, channel]; at least one clip.</param>
    /// <param name="labels">Per clip its class, or null.</param>
    /// <param name="progress">Hears of all chunks together.</param>
    /// <param name="cancellationToken">Ends all processes.</param>
    /// <exception cref="HypgcnException">A tool or a file is missing, or a tool failed.</exception>
    public async Task<CoSimulationResult> RunAsync(
        IReadOnlyList<short[]> clips, IReadOnlyList<int>? labels, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        SimulationBuild build = await _toolchain
            .BuildAsync(_folder, Options.Trace?.Format ?? TraceFormat.None, cancellationToken).ConfigureAwait(false);
        return await RunAsync(build, clips, labels, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Simulates with what was built before, and compares.</summary>
    /// <param name="build">Of this design's folder.</param>
    /// <param name="clips">The integers of the input stream, [clip][person, frame, joint, channel]; at least one clip.</param>
    /// <param name="labels">Per clip its class, or null.</param>
    /// <param name="progress">Hears of all chunks together.</param>
    /// <param name="cancellationToken">Ends all processes.</param>
    /// <exception cref="HypgcnException">A simulation failed.</exception>
    public async Task<CoSimulationResult> RunAsync(
        SimulationBuild build, IReadOnlyList<short[]> clips, IReadOnlyList<int>? labels, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentOutOfRangeException.ThrowIfZero(clips.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(Jobs, 1);
        var watch = Stopwatch.StartNew();
        int size = ChunkClips(clips.Count);
        int chunks = (clips.Count + size - 1) / size;
        var results = new CoSimulationResult[chunks];
        var total = new ChunkProgress(progress, chunks);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, chunks, parallel, async (chunk, token) =>
        {
            int first = chunk * size;
            CoSimulationJob job = Job(clips, labels, first, Math.Min(size, clips.Count - first), token);
            SimulationOptions options = Options.ResultFolder is null
                ? Options
                : Options with { ResultFolder = Path.Combine(Options.ResultFolder, $"clips_{FirstClip + first}") };
            results[chunk] = await new CoSimulator(_toolchain)
                .RunAsync(_folder, build, job, options, total.Of(chunk), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return CoSimulationResult.Combine(results) with { RunSeconds = watch.Elapsed.TotalSeconds };
    }

    private long ClipBytes => 2 * _folder.Boundaries.Sum(boundary =>
        (long)_folder.Persons * boundary.Frames * _folder.Joints * boundary.Channels);

    private CoSimulationJob Job(
        IReadOnlyList<short[]> clips, IReadOnlyList<int>? labels, int first, int count, CancellationToken cancellationToken)
    {
        short[][] chunk = [.. clips.Skip(first).Take(count)];
        ClipTrace[] traces = new ClipSequence(_network, _design.RfcRules).Run(chunk, cancellationToken);
        ClipActivity[] activity = [.. traces.Select(trace => ClipActivity.Of(_design.Model, trace))];
        return new CoSimulationJob
        {
            Clips = chunk,
            Traces = traces,
            Prediction = CycleModel.Predict(_design, activity, Pattern, cancellationToken),
            Work = EngineWork.Of(_design, activity),
            Pattern = Pattern,
            Labels = labels is null ? null : [.. labels.Skip(first).Take(count)],
            FirstClip = FirstClip + first,
        };
    }

    /// <summary>Adds up what the chunks report.</summary>
    private sealed class ChunkProgress(IProgress<SimulationProgress>? target, int chunks)
    {
        private readonly Lock _gate = new();
        private readonly SimulationProgress[] _latest = [.. Enumerable.Repeat(new SimulationProgress(0, 0), chunks)];

        internal IProgress<SimulationProgress> Of(int chunk) => new One(this, chunk);

        private void Report(int chunk, SimulationProgress value)
        {
            lock (_gate)
            {
                _latest[chunk] = value;
                target?.Report(new SimulationProgress(_latest.Sum(part => part.ClipsDone), _latest.Sum(part => part.Cycles)));
            }
        }

        private sealed class One(ChunkProgress all, int chunk) : IProgress<SimulationProgress>
        {
            public void Report(SimulationProgress value) => all.Report(chunk, value);
        }
    }
}
