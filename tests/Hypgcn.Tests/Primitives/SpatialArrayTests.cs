using System.Numerics;

namespace Hypgcn.Tests.Primitives;

[TestFixture]
[Category("CoSim")]
internal sealed class SpatialArrayTests
{
    private static IEnumerable<Sizes> Cases()
    {
        yield return new Sizes(Bits: 16, Joints: 5, Channels: 4, Subsets: 3, JointLanes: 2, Lanes: 2, ChannelGroups: 3);
        yield return new Sizes(Bits: 8, Joints: 4, Channels: 1, Subsets: 1, JointLanes: 4, Lanes: 1, ChannelGroups: 1);
        yield return new Sizes(Bits: 8, Joints: 7, Channels: 2, Subsets: 3, JointLanes: 3, Lanes: 4, ChannelGroups: 1, CommitsLate: true);
        yield return new Sizes(Bits: 8, Joints: 3, Channels: 5, Subsets: 2, JointLanes: 1, Lanes: 3, ChannelGroups: 2);
        yield return new Sizes(Bits: 8, Joints: 9, Channels: 1, Subsets: 3, JointLanes: 8, Lanes: 2, ChannelGroups: 4, CommitsLate: true);
        yield return new Sizes(Bits: 8, Joints: 7, Channels: 3, Subsets: 2, JointLanes: 5, Lanes: 3, ChannelGroups: 2) { GraphLanes = 2 };
        yield return new Sizes(Bits: 8, Joints: 5, Channels: 3, Subsets: 2, JointLanes: 5, Lanes: 2, ChannelGroups: 2, CommitsLate: true) { GraphLanes = 3 };
    }

    [Test]
    public void Multiply_AnyTraffic_GivesRowsOnTheCycle([ValueSource(nameof(Cases))] Sizes sizes, [Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        IReadOnlyList<BigInteger> schedule = Schedule.Create(seed, 350, gates: 2);
        long[][] weights = [.. Enumerable.Range(0, sizes.Operations * sizes.ChannelGroups)
            .Select(_ => Enumerable.Range(0, sizes.Lanes).Select(_ => Bits.Random(random, sizes.Bits)).ToArray())];
        BigInteger[] items = [.. Enumerable.Range(0, 509).Select(_ =>
            Bits.Lanes(Enumerable.Range(0, sizes.GraphLanes).Select(_ => Bits.Random(random, sizes.Bits)), sizes.Bits))];
        using VerilogBench bench = new VerilogBench("spatial_array")
            .With(("BITS", sizes.Bits), ("JOINTS", sizes.Joints), ("CHANNELS", sizes.Channels), ("SUBSETS", sizes.Subsets))
            .With(("JOINT_LANES", sizes.JointLanes), ("JOINT_GROUPS", sizes.JointGroups), ("GRAPH_LANES", sizes.GraphLanes), ("LANES", sizes.Lanes))
            .With(("CHANNEL_GROUPS", sizes.ChannelGroups), ("ACC_BITS", sizes.AccBits), ("U_WORDS", sizes.Words), ("LATE", sizes.CommitsLate ? 1 : 0))
            .WithMemory("stimulus.mem", schedule.ToArray()).WithMemory("items.mem", items, "ITEMS")
            .WithMemory("w.mem", [.. weights.Select(word => Bits.Lanes(word, sizes.Bits))]);
        BenchLog log = bench.Run(
            schedule.Count, "rst", "free", "reserve", "write", "commit", "data", "out_valid", "out_ready", "out_data", "busy", "waiting");
        Compare(log, sizes, weights);
    }

    private static void Compare(BenchLog log, Sizes sizes, long[][] weights)
    {
        var checker = new Checker(log);
        var model = new Model(sizes, weights);
        bool isReset = false;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            bool isValid = model.Output.IsValid(cycle);
            bool isStart = model.HasTile(cycle) && model.HasHalf(cycle);
            if (isReset)
            {
                checker.Bit(cycle, "free", model.IsFree(cycle));
                checker.Bit(cycle, "busy", model.IsBusy(cycle));
                checker.Bit(cycle, "waiting", !model.IsBusy(cycle) && model.HasTile(cycle) && !isStart);
                checker.Bit(cycle, "out_valid", isValid);
                if (isValid)
                    checker.Values(cycle, "out_data", Bits.SignedLanes(log.Value(cycle, "out_data"), sizes.Lanes, sizes.AccBits), model.Output.Front);
            }

            if (log.Bit(cycle, "rst"))
            {
                (isReset, model) = (true, new Model(sizes, weights));
            }
            else if (isReset)
            {
                bool isPopped = isValid && log.Bit(cycle, "out_ready");
                seen += isPopped ? 1 : 0;
                model.Step(cycle, isStart, isPopped);
                model.Write(log, cycle);
            }
        }

        checker.Finish(seen, required: 6 * sizes.Joints * sizes.ChannelGroups);
    }

    internal sealed record Sizes(int Bits, int Joints, int Channels, int Subsets, int JointLanes, int Lanes, int ChannelGroups, bool CommitsLate = false)
    {
        /// <summary>Joints of a part of a word of U.</summary>
        internal int GraphLanes { get; init; } = JointLanes;

        /// <summary>First joints of the parts of one operation's words.</summary>
        internal int[] Parts => [.. Enumerable.Range(0, Joints).Where(joint => joint % JointLanes % GraphLanes == 0)];

        internal int JointGroups => (Joints + JointLanes - 1) / JointLanes;

        internal int Operations => Channels * Subsets;

        internal int Words => Operations * Parts.Length;

        internal int TileCycles => Math.Max(Operations, JointLanes);

        internal int AccBits => (2 * Bits) + 5;
    }

    private sealed class Model(Sizes sizes, long[][] weights)
    {
        private const int TileLatency = 6;
        private const int ReadLatency = 2;
        private const int Places = 4;

        private readonly List<(int From, List<long[]> Words)> _frames = [];
        private readonly List<int> _frameEnds = [];
        private readonly Queue<(int From, Queue<long[]> Rows)> _halves = new();
        private readonly List<int> _halfEnds = [];
        private List<long[]> _writing = [];
        private int _reserved;
        private int _groups;
        private int _tile;
        private int _start = int.MinValue / 2;
        private int _end = int.MinValue / 2;
        private int _places = Places;

        internal TimedQueue<long[]> Output { get; } = new();

        internal bool IsFree(int cycle) => _reserved < 2 || (_frameEnds.Count >= _reserved - 1 && _frameEnds[_reserved - 2] < cycle);

        internal bool IsBusy(int cycle) => cycle > _start && cycle <= _end;

        internal bool HasTile(int cycle) => cycle >= _end && _frameEnds.Count < _frames.Count && _frames[_frameEnds.Count].From <= cycle;

        /// <summary>A joint group needs a half of the tile buffer: that of the group before the last.</summary>
        internal bool HasHalf(int cycle) =>
            _tile % sizes.ChannelGroups != 0 || _groups < 2 || (_halfEnds.Count >= _groups - 1 && _halfEnds[_groups - 2] < cycle);

        internal void Write(BenchLog log, int cycle)
        {
            _reserved += log.Bit(cycle, "reserve") ? 1 : 0;
            if (log.Bit(cycle, "write"))
                _writing.Add(Bits.SignedLanes(log.Value(cycle, "data"), sizes.GraphLanes, sizes.Bits));
            if (!log.Bit(cycle, "commit"))
                return;
            _frames.Add((cycle + 1, _writing));
            _writing = [];
        }

        internal void Step(int cycle, bool isStart, bool isPopped)
        {
            if (_halves.TryPeek(out (int From, Queue<long[]> Rows) half) && half.From <= cycle && _places > 0)
            {
                Output.Add(cycle + ReadLatency, half.Rows.Dequeue());
                _places--;
                if (half.Rows.Count == 0)
                {
                    _halves.Dequeue();
                    _halfEnds.Add(cycle);
                }
            }

            if (isPopped)
            {
                Output.Pop();
                _places++;
            }

            if (isStart)
                Start(cycle);
        }

        private void Start(int cycle)
        {
            (_start, _end) = (cycle, cycle + sizes.TileCycles);
            _groups += _tile % sizes.ChannelGroups == 0 ? 1 : 0;
            _tile++;
            if (_tile % sizes.ChannelGroups == 0)
                _halves.Enqueue((_end + TileLatency + sizes.JointLanes, Rows((_tile / sizes.ChannelGroups) - 1)));
            if (_tile < sizes.JointGroups * sizes.ChannelGroups)
                return;
            _frameEnds.Add(_end);
            _tile = 0;
        }

        // All channels of a joint, then the next joint.
        private Queue<long[]> Rows(int jointGroup)
        {
            List<long[]> u = _frames[_frameEnds.Count].Words;
            int first = jointGroup * sizes.JointLanes;
            int joints = Math.Min(sizes.JointLanes, sizes.Joints - first);
            long U(int operation, int joint)
            {
                int part = Array.FindLastIndex(sizes.Parts, from => from <= joint);
                return u[(operation * sizes.Parts.Length) + part][joint - sizes.Parts[part]];
            }

            return new Queue<long[]>(
                from joint in Enumerable.Range(0, joints)
                from channels in Enumerable.Range(0, sizes.ChannelGroups)
                select Enumerable.Range(0, sizes.Lanes).Select(lane => Enumerable.Range(0, sizes.Operations).Sum(operation =>
                    U(operation, first + joint) * weights[(channels * sizes.Operations) + operation][lane])).ToArray());
        }
    }
}
