namespace Hypgcn.Tests.Primitives;

internal sealed partial class RfcFifoTests
{
    /// <summary>The header comment of rfc_fifo: times of banks and the rule for full mini-banks.</summary>
    private sealed class Model(Sizes sizes)
    {
        private const int Latency = 3;

        private readonly TimedQueue<long[]> _output = new();
        private readonly List<int[]> _takenByFrame = [];
        private int _pushed;

        // A bank moves from the memory to the head to the output, as soon as the place in front is left.
        private int _inMemory;
        private bool _isHeadFull;

        internal int Dropped { get; private set; }

        internal bool IsReady => _inMemory < sizes.Depth;

        internal long[] Front => _output.Front;

        internal bool IsValid(int cycle) => _output.IsValid(cycle);

        /// <summary>The end of a cycle.</summary>
        /// <returns>Whether a bank left.</returns>
        internal bool Step(int cycle, bool isOutputReady, long[]? pushed)
        {
            bool isPushed = pushed is not null && IsReady;
            bool isPopped = isOutputReady && IsValid(cycle);
            bool isOutputFree = isPopped || !IsValid(cycle);
            if (isPopped)
                _output.Pop();
            bool isHeadFree = !_isHeadFull || isOutputFree;
            if (isHeadFree)
            {
                _isHeadFull = _inMemory > 0;
                _inMemory -= _isHeadFull ? 1 : 0;
            }

            if (isPushed)
            {
                _output.Add(cycle + Latency, Keep(pushed!));
                _inMemory++;
            }

            return isPopped;
        }

        private long[] Keep(long[] bank)
        {
            int frame = _pushed++ / sizes.FrameBanks;
            if (frame == _takenByFrame.Count)
                _takenByFrame.Add(new int[4]);
            int needed = (bank.Count(value => value != 0) + 3) / 4;
            int kept = 0;
            while (kept < needed && HasRoom(kept))
                _takenByFrame[frame][kept++]++;
            Dropped += needed - kept;
            int left = 4 * kept;
            return [.. bank.Select(value => value != 0 && left-- > 0 ? value : 0)];
        }

        private bool HasRoom(int miniBank) => sizes.Words[miniBank] > sizes.Depth
            || _takenByFrame.TakeLast(sizes.Window).Sum(taken => taken[miniBank]) < sizes.Words[miniBank];
    }
}
