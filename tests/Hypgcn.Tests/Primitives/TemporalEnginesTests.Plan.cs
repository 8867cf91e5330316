using System.Numerics;

namespace Hypgcn.Tests.Primitives;

internal sealed partial class TemporalEnginesTests
{
    /// <summary>Random weights, and a random place in the schedule for each (output channel, tap).</summary>
    private sealed class Plan
    {
        private readonly Sizes _sizes;
        private readonly Random _random;
        private readonly List<((int Channel, int Tap)?[][] Places, int Weights, int Schedule)> _phases = [];

        internal Plan(Sizes sizes, Random random)
        {
            (_sizes, _random) = (sizes, random);
            Initial = [.. Enumerable.Range(0, RfcBank.Size).Select(_ => Bits.Random(random, sizes.SumBits))];
            Weights = new long[RfcBank.Size, sizes.Kernel][];
            for (int channel = 0; channel < RfcBank.Size; channel++)
            {
                for (int tap = 0; tap < sizes.Kernel; tap++)
                    Weights[channel, tap] = Values(sizes.Banks * RfcBank.Size, sizes.IsKept(channel));
            }

            for (int phase = 0; phase < sizes.Stride; phase++)
                AddPhase(phase);
            for (int number = 0; number < sizes.EdgeStart + sizes.EdgeEnd; number++)
                AddClass(number, number < sizes.EdgeStart ? number : number - sizes.EdgeStart + sizes.Frames - sizes.EdgeEnd);
        }

        internal long[] Initial { get; }

        /// <summary>{kept, first value} of each group.</summary>
        internal BigInteger[] InitialWords => [.. Initial.Chunk(_sizes.Groups).Select((values, word) => Bits.Lanes(
            values.Select((value, group) => ((_sizes.IsKept((word * _sizes.Groups) + group) ? 1L : 0) << _sizes.RingBits) | (value & ((1L << _sizes.RingBits) - 1))),
            _sizes.RingBits + 1))];

        /// <summary>By output channel and tap.</summary>
        internal long[,][] Weights { get; }

        internal List<BigInteger> WeightWords { get; } = [];

        internal List<BigInteger> ScheduleWords { get; } = [];

        internal BigInteger Passes { get; private set; }

        internal BigInteger Bases { get; private set; }

        internal BigInteger ScheduleBases { get; private set; }

        private int[] Taps(int phase) =>
            [.. Enumerable.Range(0, _sizes.Kernel).Where(tap => (phase + ((_sizes.Kernel - 1) / 2) - tap) % _sizes.Stride == 0)];

        private void AddPhase(int phase)
        {
            int length = _sizes.Banks * RfcBank.Size;
            int pairs = Taps(phase).Length * _sizes.RingChannels;
            int passes = Math.Max(1, (pairs + _sizes.Columns - 1) / _sizes.Columns);
            AddClass(_sizes.EdgeStart + _sizes.EdgeEnd + phase, passes, WeightWords.Count, ScheduleWords.Count);
            (int Channel, int Tap)?[][] places = [.. Enumerable.Range(0, _sizes.Groups).Select(group => Places(phase, group, passes * _sizes.Columns))];
            _phases.Add((places, WeightWords.Count, ScheduleWords.Count));
            for (int place = 0; place < passes * _sizes.Columns; place++)
                ScheduleWords.Add(Bits.Pack([.. places.Reverse().Select(group => (Entry(group[place]), EntryBits))]));
            for (int word = 0; word < passes * length; word++)
            {
                WeightWords.Add(Bits.Lanes(
                    Enumerable.Range(0, _sizes.Columns * _sizes.Groups).Select(lane =>
                        places[lane % _sizes.Groups][(word / length * _sizes.Columns) + (lane / _sizes.Groups)] is (int channel, int tap)
                            ? Weights[channel, tap][word % length]
                            : Bits.Random(_random, _sizes.Bits)),
                    _sizes.Bits));
            }
        }

        // A frame near an end: the passes from the first to the last pair that has an output frame.
        private void AddClass(int number, int frame)
        {
            ((int Channel, int Tap)?[][] places, int weights, int schedule) = _phases[frame % _sizes.Stride];
            int[] needed =
            [
                .. from list in places
                   from place in Enumerable.Range(0, list.Length)
                   where list[place] is (_, int tap) && Enumerable.Range(0, _sizes.OutFrames).Any(o => (o * _sizes.Stride) + tap - ((_sizes.Kernel - 1) / 2) == frame)
                   select place / _sizes.Columns,
            ];
            (int first, int passes) = needed.Length == 0 ? (0, 1) : (needed.Min(), needed.Max() - needed.Min() + 1);
            AddClass(number, passes, weights + (first * _sizes.Banks * RfcBank.Size), schedule + (first * _sizes.Columns));
        }

        private void AddClass(int number, int passes, int weights, int schedule)
        {
            Passes |= (BigInteger)passes << (32 * number);
            Bases |= (BigInteger)weights << (32 * number);
            ScheduleBases |= (BigInteger)schedule << (32 * number);
        }

        private (int Channel, int Tap)?[] Places(int phase, int owner, int count)
        {
            (int Channel, int Tap)?[] all =
            [
                .. from channel in Enumerable.Range(0, _sizes.GroupChannels)
                   where _sizes.IsKept((channel * _sizes.Groups) + owner)
                   from tap in Taps(phase)
                   select ((int, int)?)((channel * _sizes.Groups) + owner, tap),
            ];
            (int Channel, int Tap)?[] places = [.. all, .. new (int, int)?[count - all.Length]];
            return _sizes.Edges ? [.. places.OrderBy(place => place?.Tap ?? int.MaxValue)] : [.. places.OrderBy(_ => _random.Next())];
        }

        private int ChannelBits => Math.Max(1, BitOperations.Log2((uint)_sizes.RingChannels - 1) + (_sizes.RingChannels > 1 ? 1 : 0));

        private int TapBits => Math.Max(1, BitOperations.Log2((uint)_sizes.Kernel - 1) + (_sizes.Kernel > 1 ? 1 : 0));

        private int EntryBits => 1 + TapBits + ChannelBits;

        private BigInteger Entry((int Channel, int Tap)? place) => place is (int channel, int tap)
            ? Bits.Pack((1, 1), (tap, TapBits), (_sizes.Entry(channel), ChannelBits))
            : 0;

        private long[] Values(int count, bool isKept) => [.. Enumerable.Range(0, count).Select(_ => isKept ? Bits.Random(_random, _sizes.Bits) : 0)];
    }
}
