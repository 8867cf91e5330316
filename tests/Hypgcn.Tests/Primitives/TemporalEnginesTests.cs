using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed partial class TemporalEnginesTests
{
    private static IEnumerable<Sizes> Cases()
    {
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 5, Stride: 1, Kernel: 3, Banks: 1, Columns: 4, Groups: 4);
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 6, Stride: 2, Kernel: 9, Banks: 1, Columns: 9, Groups: 8, Align: 3);
        yield return new Sizes(Bits: 16, Joints: 5, Frames: 3, Stride: 1, Kernel: 1, Banks: 2, Columns: 2, Groups: 16);
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 5, Stride: 2, Kernel: 3, Banks: 1, Columns: 1, Groups: 16);
        // The output frames of three persons have every slot of the ring in turn.
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 4, Stride: 1, Kernel: 3, Banks: 1, Columns: 6, Groups: 8);
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 12, Stride: 1, Kernel: 9, Banks: 1, Columns: 16, Groups: 16);
        // Fewer frames than taps: every output frame is open until the person's last row.
        yield return new Sizes(Bits: 8, Joints: 3, Frames: 2, Stride: 1, Kernel: 7, Banks: 1, Columns: 7, Groups: 8);
        yield return new Sizes(Bits: 8, Joints: 2, Frames: 7, Stride: 3, Kernel: 9, Banks: 1, Columns: 3, Groups: 8);
        yield return new Sizes(Bits: 8, Joints: 1, Frames: 6, Stride: 1, Kernel: 5, Banks: 1, Columns: 5, Groups: 8);
        // Group 0 keeps all, group 1 two of four, group 2 none, group 3 its last.
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 5, Stride: 1, Kernel: 3, Banks: 1, Columns: 4, Groups: 4, Kept: 0b1001_0001_0011_0001);
        // Group 0 keeps its second, group 1 its first and last, the rest nothing.
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 6, Stride: 2, Kernel: 9, Banks: 1, Columns: 3, Groups: 4, Kept: 0b0010_0000_0001_0010);
        yield return new Sizes(Bits: 8, Joints: 5, Frames: 4, Stride: 1, Kernel: 3, Banks: 1, Columns: 6, Groups: 1, Kept: 0b0110_1000_0010_1101);
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 4, Stride: 1, Kernel: 3, Banks: 1, Columns: 2, Groups: 16, Kept: 0b0000_0100_0010_0000);
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 4, Stride: 1, Kernel: 3, Banks: 1, Columns: 2, Groups: 8, Kept: 0);
        // Frames near the ends of a person take only the passes that they need.
        yield return new Sizes(Bits: 8, Joints: 4, Frames: 9, Stride: 1, Kernel: 7, Banks: 1, Columns: 2, Groups: 8, Edges: true);
        yield return new Sizes(Bits: 8, Joints: 2, Frames: 6, Stride: 1, Kernel: 9, Banks: 1, Columns: 3, Groups: 8, Edges: true);
        yield return new Sizes(Bits: 8, Joints: 3, Frames: 9, Stride: 2, Kernel: 9, Banks: 2, Columns: 2, Groups: 8, Edges: true, Engines: 2);
        // Several engines: an odd share of joints, and one joint each.
        yield return new Sizes(Bits: 8, Joints: 5, Frames: 6, Stride: 1, Kernel: 3, Banks: 1, Columns: 4, Groups: 8, Engines: 2);
        yield return new Sizes(Bits: 8, Joints: 7, Frames: 6, Stride: 2, Kernel: 5, Banks: 2, Columns: 6, Groups: 8, Engines: 3);
        yield return new Sizes(Bits: 8, Joints: 3, Frames: 5, Stride: 1, Kernel: 3, Banks: 1, Columns: 2, Groups: 8, Engines: 3);
        // Joints in an order of their own: engines 2 0 1 | 1 2 0 | 0, and 1 0.
        yield return new Sizes(Bits: 8, Joints: 7, Frames: 6, Stride: 2, Kernel: 5, Banks: 2, Columns: 6, Groups: 8, Engines: 3, Shifts: 0x00_01_01_01_02_02_02);
        yield return new Sizes(Bits: 8, Joints: 2, Frames: 5, Stride: 1, Kernel: 3, Banks: 1, Columns: 4, Groups: 8, Engines: 2, Shifts: 0x01_01);
    }

    [Test]
    public void Convolve_AnyTraffic_GivesTheRowsInOrder([ValueSource(nameof(Cases))] Sizes sizes, [Values(1, 2)] int seed) =>
        Check(sizes, seed, Schedule.Create(seed, 700, gates: 2));

    // The input is always as far ahead as it may be, so every row that must wait for a drained one has to.
    [Test]
    public void Convolve_SlowOutput_NothingOvertakes([ValueSource(nameof(Cases))] Sizes sizes) => Check(
        sizes, seed: 3, [1, 1, .. Enumerable.Range(0, 30 * 4 * sizes.OutFrames * sizes.Joints * sizes.GroupChannels).Select(cycle => (BigInteger)(cycle % 30 == 0 ? 6 : 2))]);

    private static void Check(Sizes sizes, int seed, IReadOnlyList<BigInteger> schedule)
    {
        var random = new Random(seed);
        var plan = new Plan(sizes, random);
        using VerilogBench bench = new VerilogBench("temporal_engines")
            .With(("BITS", sizes.Bits), ("JOINTS", sizes.Joints), ("FRAMES", sizes.Frames), ("OUT_FRAMES", sizes.OutFrames))
            .With(("STRIDE", sizes.Stride), ("KERNEL", sizes.Kernel), ("BANKS", sizes.Banks), ("ENGINES", sizes.Engines))
            .With(("COLUMNS", sizes.Columns), ("LANES", sizes.Groups), ("GROUP_CHANNELS", sizes.GroupChannels), ("RING_CHANNELS", sizes.RingChannels))
            .With(("SLOTS", (sizes.Kernel + sizes.Stride - 1) / sizes.Stride), ("SUM_BITS", sizes.SumBits), ("RING_BITS", sizes.RingBits))
            .With(("ALIGN", sizes.Align))
            .With(("EDGE_START", sizes.EdgeStart), ("EDGE_END", sizes.EdgeEnd))
            .WithVector("PASSES", 512, plan.Passes).WithVector("WEIGHT_BASE", 512, plan.Bases).WithVector("SCHEDULE_BASE", 512, plan.ScheduleBases)
            .WithVector("ENGINE_SHIFT", 512, sizes.Shifts)
            .WithMemory("stimulus.mem", schedule.ToArray())
            .WithMemory("items.mem", RfcBank.RandomItems(random, 331, sizes.Bits), "ITEMS")
            .WithMemory("w.mem", plan.WeightWords, "WEIGHT_DEPTH").WithMemory("schedule.mem", plan.ScheduleWords, "SCHEDULE_DEPTH")
            .WithMemory("init.mem", plan.InitialWords);
        BenchLog log = bench.Run(
            schedule.Count, "rst", "in_valid", "in_ready", "in_hot", "in_data", "out_valid", "out_ready", "out_data", "busy", "waiting");
        Compare(log, sizes, plan);
    }

    private static void Compare(BenchLog log, Sizes sizes, Plan plan)
    {
        var checker = new Checker(log);
        List<long[]> banks = [];
        bool isReset = false;
        int words = 0;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (log.Bit(cycle, "rst"))
            {
                (isReset, words) = (true, 0);
                banks.Clear();
                continue;
            }

            if (!isReset)
                continue;
            if (log.Bit(cycle, "in_valid") && log.Bit(cycle, "in_ready"))
                banks.Add(RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), sizes.Bits));
            if (log.Bit(cycle, "out_valid") && log.Bit(cycle, "out_ready"))
            {
                // Rows that have not come yet count as zero; an output that needed one of them differs.
                checker.Values(
                    cycle, "out_data", Bits.SignedLanes(log.Value(cycle, "out_data"), sizes.Groups, sizes.RingBits), Word(sizes, plan, banks, words));
                words++;
                seen++;
            }
        }

        // At least two persons are through, so that the ring has been used again.
        checker.Finish(seen, required: 2 * sizes.OutFrames * sizes.Joints * sizes.GroupChannels);
    }

    // Direct convolution: words are in the order person, output frame, joint, channel of the groups.
    private static long[] Word(Sizes sizes, Plan plan, List<long[]> banks, int word)
    {
        int row = word / sizes.GroupChannels;
        int joint = row % sizes.Joints;
        int frame = row / sizes.Joints % sizes.OutFrames;
        int person = row / sizes.Joints / sizes.OutFrames;
        return [.. Enumerable.Range(word % sizes.GroupChannels * sizes.Groups, sizes.Groups).Select(channel =>
        {
            long sum = plan.Initial[channel];
            for (int tap = 0; tap < sizes.Kernel; tap++)
            {
                int source = (frame * sizes.Stride) + tap - ((sizes.Kernel - 1) / 2);
                if (source >= 0 && source < sizes.Frames)
                    sum += Product(banks, (((person * sizes.Frames) + source) * sizes.Joints) + joint, sizes.Banks, plan.Weights[channel, tap]) << sizes.Align;
            }

            return sum;
        })];
    }

    private static long Product(List<long[]> banks, int row, int rowBanks, long[] weights)
    {
        long sum = 0;
        for (int bank = 0; bank < rowBanks && (row * rowBanks) + bank < banks.Count; bank++)
        {
            for (int i = 0; i < RfcBank.Size; i++)
                sum += banks[(row * rowBanks) + bank][i] * weights[(bank * RfcBank.Size) + i];
        }

        return sum;
    }

    internal sealed record Sizes(
        int Bits, int Joints, int Frames, int Stride, int Kernel, int Banks, int Columns, int Groups, int Kept = 0xFFFF, int Engines = 1, int Align = 0,
        bool Edges = false, long Shifts = 0)
    {
        /// <summary>One bank of outputs.</summary>
        internal int GroupChannels => RfcBank.Size / Groups;

        /// <summary>Ring entries of a group: the most channels with a filter.</summary>
        internal int RingChannels => Math.Max(1, Enumerable.Range(0, Groups).Max(group => Entry(group + RfcBank.Size)));

        internal int EdgeStart => Edges ? Math.Min((Kernel - 1) / 2, Frames) : 0;

        internal int EdgeEnd => Edges ? Math.Min((Kernel - 1) / 2, Frames - EdgeStart) : 0;

        internal int OutFrames => (Frames + Stride - 1) / Stride;

        internal bool IsKept(int channel) => ((Kept >> channel) & 1) != 0;

        /// <summary>How many channels of the group before this one have a filter.</summary>
        internal int Entry(int channel) => Enumerable.Range(0, channel).Count(other => other % Groups == channel % Groups && IsKept(other));

        internal int SumBits => (2 * Bits) + 6;

        internal int RingBits => SumBits + 8;
    }
}
