using System.Globalization;
using Hypgcn.CoSimulation;
using Hypgcn.Hardware;
using Hypgcn.Reference;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>What the stub does wrong; chosen by a memory image, so that one build serves all tests.</summary>
internal enum StubFault
{
    None = 0,
    WrongValue = 1,
    LateOutput = 2,
    StuckInput = 3,
    ExtraBank = 4,
    HotZero = 5,
    ExtraLogit = 6,
    EarlyLast = 7,
}

/// <summary>A design folder around stub.v, its golden model and its cycle model.</summary>
internal sealed class StubDesign : IDisposable
{
    internal const int DroppedWords = 7;

    private const int Persons = 1;
    private const int Frames = 2;
    private const int Joints = 2;
    private const int Channels = 3;
    private const int Classes = 2;
    private const short Offset = 5;

    internal StubDesign(int bits = 16, StubFault fault = StubFault.None)
    {
        Folder = Directory.CreateTempSubdirectory("hypgcn stub ").FullName;
        string text = File.ReadAllText(Path.Combine(Repository.Root, "tests/Hypgcn.Tests/CoSimulation/stub.v"))
            .Replace("BITS_MINUS_1", $"{bits - 1}", StringComparison.Ordinal)
            .Replace("BITS", $"{bits}", StringComparison.Ordinal);
        Write("sim/stub_sim.v", text);
        Write("filelist_sim.f", "sim/stub_sim.v\n");
        Write("cosim/ports.h",
            $"#define HYPGCN_BITS {bits}\n#define HYPGCN_LOGIT_BITS 40\n#define HYPGCN_TAPS 2\n#define HYPGCN_STAGES 2\n"
                + $"#define HYPGCN_DROPS 1\n#define HYPGCN_FOR_TAPS(X) X(0, {bits}) X(1, {bits})\n");
        Write("mem/fault.mem", ((int)fault).ToString("x2", CultureInfo.InvariantCulture) + "\n");
        Write("mem/offset.mem", Offset.ToString($"x{bits / 4}", CultureInfo.InvariantCulture) + "\n");
        Design = new CoSimulationDesign
        {
            Folder = Folder,
            Name = "stub",
            Bits = bits,
            Persons = Persons,
            Joints = Joints,
            Classes = Classes,
            Boundaries = [new("x0", 0, false, Frames, Channels, bits), new("block1.z", 1, true, Frames, Channels, bits)],
            Stages = ["collect", "emit"],
            Fifos = ["block1.spatial_fifo"],
        };
    }

    internal string Folder { get; }

    internal CoSimulationDesign Design { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal void Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Clips with many zeros and both signs, and what must come out.</summary>
    internal CoSimulationJob Job(int clips = 3, PortPattern? pattern = null)
    {
        var random = new Random(4711);
        int limit = 1 << (Design.Bits - 1);
        short[][] values =
        [
            .. Enumerable.Range(0, clips).Select(_ => Enumerable.Range(0, Persons * Frames * Joints * Channels)
                .Select(_ => (short)(random.Next(2) * random.Next(-limit, limit - Offset))).ToArray()),
        ];
        pattern ??= new PortPattern();
        return new CoSimulationJob
        {
            Clips = values,
            Traces = [.. values.Select((clip, n) => Trace(clip) with { DroppedWords = [n == 0 ? DroppedWords : 0] })],
            Prediction = Predict(values, pattern),
            Pattern = pattern,
        };
    }

    private static ClipTrace Trace(short[] clip) => new()
    {
        Features = [clip],
        Middle = [[.. clip.Select((value, index) => (short)(value + (index % Channels == 0 ? Offset : 0)))]],
        Logits = [clip.Sum(value => (long)value), -clip.Sum(value => (long)value)],
    };

    /// <summary>The stub cycle by cycle: a clip goes in, then its two logits come out, then the next clip.</summary>
    private static CyclePrediction Predict(short[][] clips, PortPattern pattern)
    {
        int size = clips[0].Length;
        long[] firstIn = new long[clips.Length], lastIn = new long[clips.Length];
        long[] firstOut = new long[clips.Length], lastOut = new long[clips.Length];
        long cycle = 0, blockedIn = 0, blockedOut = 0, earliest = 0;
        bool offered = false;
        int inputs = 0, outputs = 0;
        for (; outputs < clips.Length * Classes; cycle++)
        {
            bool pending = outputs < inputs / size * Classes;
            offered = offered || (inputs < clips.Length * size && cycle >= earliest && !pattern.Stalls(PortPattern.InputPort, cycle));
            bool accepted = offered && !pending;
            blockedIn += offered && pending ? 1 : 0;
            if (pending && !pattern.Stalls(PortPattern.OutputPort, cycle))
            {
                (outputs % Classes == 0 ? firstOut : lastOut)[outputs / Classes] = cycle;
                outputs++;
            }
            else
            {
                blockedOut += pending ? 1 : 0;
            }

            if (accepted)
            {
                firstIn[inputs / size] = inputs % size == 0 ? cycle : firstIn[inputs / size];
                lastIn[inputs / size] = cycle;
                offered = false;
                inputs++;
                earliest = inputs % size == 0 ? cycle + 1 + pattern.GapCycles : earliest;
            }
        }

        return new CyclePrediction
        {
            FirstInput = firstIn,
            LastInput = lastIn,
            FirstOutput = firstOut,
            LastOutput = lastOut,
            TotalCycles = cycle,
            Stages = [new("collect", inputs, blockedIn, cycle), new("emit", outputs, blockedOut, cycle)],
        };
    }
}
