using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class GraphEngineTests
{
    private static IEnumerable<Sizes> Cases()
    {
        yield return new Sizes(Bits: 16, Joints: 5, Banks: 2, Channels: 9, Words: 2, JointLanes: 2, Subsets: 3, Shift: 8);
        yield return new Sizes(Bits: 8, Joints: 3, Banks: 1, Channels: 16, Words: 3, JointLanes: 3, Subsets: 3, Shift: 5);
        yield return new Sizes(Bits: 8, Joints: 4, Banks: 3, Channels: 1, Words: 4, JointLanes: 1, Subsets: 2, Shift: 0);
        yield return new Sizes(Bits: 8, Joints: 7, Banks: 1, Channels: 5, Words: 4, JointLanes: 3, Subsets: 3, Shift: 7);
        yield return new Sizes(Bits: 8, Joints: 6, Banks: 1, Channels: 6, Words: 1, JointLanes: 6, Subsets: 1, Shift: 6);
        yield return new Sizes(Bits: 8, Joints: 7, Banks: 1, Channels: 4, Words: 2, JointLanes: 5, Subsets: 2, Shift: 6) { Lanes = 2 };
        yield return new Sizes(Bits: 8, Joints: 5, Banks: 1, Channels: 4, Words: 3, JointLanes: 5, Subsets: 3, Shift: 6) { Lanes = 3 };
        yield return new Sizes(Bits: 16, Joints: 6, Banks: 1, Channels: 6, Words: 1, JointLanes: 6, Subsets: 1, Shift: 9) { Lanes = 4, IsFabric = true };
        yield return new Sizes(Bits: 8, Joints: 5, Banks: 2, Channels: 9, Words: 2, JointLanes: 3, Subsets: 3, Shift: 6) { IsFabric = true };
    }

    [Test]
    public void Multiply_AnyTraffic_GivesUOnTheCycle([ValueSource(nameof(Cases))] Sizes sizes, [Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 350, gates: 2);
        int[] channels = [.. Enumerable.Range(0, 16 * sizes.Banks).OrderBy(_ => random.Next()).Take(sizes.Channels).Order()];
        long[,,] graph = new long[sizes.Subsets, sizes.Joints, sizes.Joints];
        foreach (ref long value in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref graph[0, 0, 0], graph.Length))
            value = Bits.Random(random, sizes.Bits);
        using VerilogBench bench = new VerilogBench("graph_engine")
            .With(("BITS", sizes.Bits), ("JOINTS", sizes.Joints), ("BANKS", sizes.Banks), ("CHANNELS", sizes.Channels))
            .With(("WORDS", sizes.Words), ("LANES", sizes.Lanes), ("PASSES", sizes.Passes), ("TOTAL_WORDS", sizes.TotalWords))
            .With(("ACC_BITS", (2 * sizes.Bits) + 3), ("SHIFT", sizes.Shift), ("FABRIC", sizes.IsFabric ? 1 : 0))
            .WithMemory("stimulus.mem", schedule.ToArray())
            .WithMemory("items.mem", RfcBank.RandomItems(random, 307, sizes.Bits), "ITEMS")
            .WithMemory("channels.mem", [.. channels.Select(channel => Bits.Pack((channel / 16 * sizes.Joints, 16), (channel, 16)))])
            .WithMemory("graph.mem", [.. GraphWords(sizes, graph)]);
        BenchLog log = bench.Run(
            schedule.Count, "rst", "in_valid", "in_ready", "in_hot", "in_data", "free", "reserve", "write", "commit", "data", "busy", "waiting");
        Compare(log, sizes, new Model(sizes, channels, graph));
    }

    private static IEnumerable<BigInteger> GraphWords(Sizes sizes, long[,,] graph)
    {
        for (int pass = 0; pass < sizes.Passes; pass++)
        {
            for (int joint = 0; joint < sizes.Joints; joint++)
            {
                yield return Bits.Lanes(
                    Enumerable.Range(pass * sizes.Words, sizes.Words).SelectMany(word => Enumerable.Range(0, sizes.Lanes).Select(lane =>
                        word < sizes.TotalWords && sizes.Target(word, lane) is int target ? graph[word / sizes.Starts.Count, joint, target] : 0)),
                    sizes.Bits);
            }
        }
    }

    private static void Compare(BenchLog log, Sizes sizes, Model model)
    {
        var checker = new Checker(log);
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool isFree = log.Bit(cycle, "free");
            bool canStart = model.HasChannel(cycle);
            bool isStart = canStart && (isFree || !model.IsFirst);
            bool isReady = model.IsReady(cycle);
            if (isReset)
            {
                checker.Bit(cycle, "in_ready", isReady);
                checker.Bit(cycle, "busy", model.IsBusy(cycle));
                checker.Bit(cycle, "waiting", !model.IsBusy(cycle) && canStart && !isStart);
                checker.Bit(cycle, "reserve", isStart && model.IsFirst);
                checker.Bit(cycle, "write", model.Outputs.ContainsKey(cycle));
                checker.Bit(cycle, "commit", model.Commits.Contains(cycle));
                if (model.Outputs.TryGetValue(cycle, out long[]? word))
                {
                    checker.Values(cycle, "data", Bits.SignedLanes(log.Value(cycle, "data"), sizes.Lanes, sizes.Bits), word);
                    seen++;
                }
            }

            if (log.Bit(cycle, "rst"))
            {
                isReset = true;
                model.Reset();
            }
            else if (isReset)
            {
                bool isLoaded = isReady && log.Bit(cycle, "in_valid");
                if (isStart)
                    model.Start(cycle);
                if (isLoaded)
                    model.Load(cycle, RfcBank.Unpack(log.Value(cycle, "in_hot"), log.Value(cycle, "in_data"), sizes.Bits));
            }
        }

        checker.Finish(seen, required: 6 * sizes.Channels * sizes.TotalWords);
    }

    internal sealed record Sizes(int Bits, int Joints, int Banks, int Channels, int Words, int JointLanes, int Subsets, int Shift)
    {
        /// <summary>Joints of a word, JointLanes or fewer.</summary>
        internal int Lanes { get; init; } = JointLanes;

        internal bool IsFabric { get; init; }

        internal int Latency => IsFabric ? 12 : 11;

        /// <summary>The words of one graph: first joint, and the first joint beyond what they are part of.</summary>
        internal List<(int First, int End)> Starts =>
        [
            .. from first in Enumerable.Range(0, Joints)
               let end = Math.Min(Joints, ((first / JointLanes) + 1) * JointLanes)
               where first % JointLanes % Lanes == 0
               select (first, end),
        ];

        internal int TotalWords => Subsets * Starts.Count;

        internal int? Target(int word, int lane)
        {
            var (first, end) = Starts[word % Starts.Count];
            return first + lane < end ? first + lane : null;
        }

        internal int Passes => (TotalWords + Words - 1) / Words;
    }

    private sealed class Model(Sizes sizes, int[] channels, long[,,] graph)
    {
        // A frame is seen by the issue side two cycles after its last bank.
        private const int FetchCycles = 2;

        private readonly List<(int From, List<long[]> Banks)> _frames = [];
        private readonly List<int> _ends = [];
        private List<long[]> _loading = [];
        private int _channel;
        private int _start;
        private int _end;

        internal Dictionary<int, long[]> Outputs { get; } = [];

        internal HashSet<int> Commits { get; } = [];

        internal bool IsFirst => _channel == 0;

        internal void Reset()
        {
            _frames.Clear();
            _ends.Clear();
            _loading.Clear();
            Outputs.Clear();
            Commits.Clear();
            (_channel, _start, _end) = (0, int.MinValue / 2, int.MinValue / 2);
        }

        /// <summary>Two frames are held; the place of the one before the last is free when its last channel has ended.</summary>
        internal bool IsReady(int cycle) => _frames.Count < 2 || (_ends.Count >= _frames.Count - 1 && _ends[_frames.Count - 2] < cycle);

        internal bool IsBusy(int cycle) => cycle > _start && cycle <= _end;

        internal bool HasChannel(int cycle) => cycle >= _end && _ends.Count < _frames.Count && cycle >= _frames[_ends.Count].From;

        internal void Load(int cycle, long[] bank)
        {
            _loading.Add(bank);
            if (_loading.Count < sizes.Joints * sizes.Banks)
                return;
            _frames.Add((cycle + FetchCycles, _loading));
            _loading = [];
        }

        internal void Start(int cycle)
        {
            long[] values = [.. Enumerable.Range(0, sizes.Joints)
                .Select(joint => _frames[_ends.Count].Banks[(joint * sizes.Banks) + (channels[_channel] / 16)][channels[_channel] % 16])];
            int passCycles = Math.Max(Math.Max(values.Count(value => value != 0), 1), sizes.Words);
            _start = cycle;
            _end = cycle + (sizes.Passes * passCycles);
            for (int word = 0; word < sizes.TotalWords; word++)
                Outputs[cycle + (((word / sizes.Words) + 1) * passCycles) + sizes.Latency + (word % sizes.Words)] = Word(values, word);
            if (++_channel < sizes.Channels)
                return;
            Commits.Add(_end + sizes.Latency + sizes.Words - 1);
            _ends.Add(_end);
            _channel = 0;
        }

        private long[] Word(long[] values, int word) => [.. Enumerable.Range(0, sizes.Lanes).Select(lane =>
        {
            if (sizes.Target(word, lane) is not int target)
                return 0;
            long sum = Enumerable.Range(0, sizes.Joints).Sum(joint => values[joint] * graph[word / sizes.Starts.Count, joint, target]);
            long top = (1L << (sizes.Bits - 1)) - 1;
            return Math.Clamp((sum + ((1L << sizes.Shift) >> 1)) >> sizes.Shift, -top - 1, top);
        })];
    }
}
