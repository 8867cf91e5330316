using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Hypgcn.CoSimulation;

/// <summary>Runs a built simulation and leaves its result files in a folder.</summary>
internal sealed class SimulationRunner
{
    private const int HangExitCode = 3;

    private readonly ToolRunner _runner = new();

    /// <summary>Runs the clips of a job.</summary>
    /// <exception cref="ToolException">The program failed, was killed, or the model warned: then its memories are not what they should be.</exception>
    internal async Task<SimulationOutcome> RunAsync(
        CoSimulationDesign design,
        SimulationBuild build,
        CoSimulationJob job,
        SimulationOptions options,
        string resultFolder,
        IProgress<SimulationProgress>? progress,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(resultFolder);
        string input = Path.Combine(resultFolder, "clips.bin");
        WriteInput(input, design, job.Clips);
        string? warning = null;
        var command = new ToolCommand
        {
            Name = "simulation",
            Executable = build.Executable,
            Arguments = Arguments(input, resultFolder, design, job, options),
            // $readmemh names are relative to it.
            WorkingDirectory = design.Folder,
            TimeLimit = options.TimeLimit,
            LogPath = Path.Combine(resultFolder, "run.log"),
            OnLine = line =>
            {
                warning ??= line.IndexOf("%Warning", StringComparison.Ordinal) is >= 0 and var start ? line[start..] : null;
                ReportProgress(line, progress);
            },
        };
        bool hangs = false;
        try
        {
            await _runner.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException problem) when (warning is not null || problem.ExitCode == HangExitCode)
        {
            hangs = warning is null;
        }

        return warning is null
            ? ReadSummary(resultFolder, hangs)
            : throw new ToolException($"simulation: the model warned: {warning.Trim()}; a run must be silent. Generate the design again.")
            {
                LogPath = command.LogPath,
            };
    }

    private static string[] Arguments(
        string input, string resultFolder, CoSimulationDesign design, CoSimulationJob job, SimulationOptions options)
    {
        (string Name, object Value)[] common =
        [
            ("--input", Path.GetFullPath(input)),
            ("--results", Path.GetFullPath(resultFolder)),
            ("--stall", job.Pattern.Seed),
            ("--gap", job.Pattern.GapCycles),
            ("--reset-seed", options.ResetSeed),
            ("--idle-limit", options.IdleLimitCycles),
            ("--max-cycles", options.MaximalCycles),
            ("--banks", (long)job.Clips.Count * design.Persons * design.Joints * design.Boundaries.Sum(boundary => boundary.Frames * boundary.Banks)),
        ];
        IEnumerable<(string Name, object Value)> trace = options.Trace is TraceWindow window
            ? [("--trace", Path.GetFullPath(window.Path)), ("--trace-from", window.FromCycle), ("--trace-to", window.ToCycle)]
            : [];
        return
        [
            .. common.Concat(trace).SelectMany(option =>
                new[] { option.Name, string.Create(CultureInfo.InvariantCulture, $"{option.Value}") }),
        ];
    }

    private static void WriteInput(string path, CoSimulationDesign design, IReadOnlyList<short[]> clips)
    {
        using FileStream file = File.Create(path);
        file.Write("HYPCLIPS"u8);
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header, clips.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], clips.Count == 0 ? 0 : clips[0].Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], design.Classes);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], design.Bits);
        file.Write(header);
        foreach (short[] clip in clips)
        {
            file.Write(MemoryMarshal.AsBytes(clip.AsSpan()));
        }
    }

    private static void ReportProgress(string line, IProgress<SimulationProgress>? progress)
    {
        if (progress is not null && line.Split(' ') is ["progress", string clips, string cycles]
            && long.TryParse(clips, CultureInfo.InvariantCulture, out long clipsDone)
            && long.TryParse(cycles, CultureInfo.InvariantCulture, out long cyclesDone))
        {
            progress.Report(new SimulationProgress(clipsDone, cyclesDone));
        }
    }

    private static SimulationOutcome ReadSummary(string folder, bool hangs)
    {
        string[] lines = File.ReadAllLines(Path.Combine(folder, "summary.txt"));
        string Value(string key) => lines.First(line => line.StartsWith(key + " ", StringComparison.Ordinal))[(key.Length + 1)..];
        string? hang = hangs
            ? string.Join('\n', lines.SkipWhile(line => !line.StartsWith("hang ", StringComparison.Ordinal)))["hang ".Length..]
            : null;
        return new SimulationOutcome(
            folder,
            long.Parse(Value("cycles"), CultureInfo.InvariantCulture),
            double.Parse(Value("seconds"), CultureInfo.InvariantCulture),
            hang);
    }
}
