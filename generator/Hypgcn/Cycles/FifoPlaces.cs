namespace Hypgcn.Cycles;

/// <summary>Places of a FIFO: they are taken and freed ahead of time.</summary>
/// <param name="count">How many.</param>
internal sealed class FifoPlaces(int count)
{
    private readonly CycleQueue _freed = new(); // from which cycle on each is free
    private int _free = count; // since the last was taken or longer

    /// <summary>From which cycle on there is one; <see cref="long.MaxValue"/> where that is not known.</summary>
    public long First => _free > 0 ? 0 : _freed.First;

    /// <summary>How many there are from then on in cycles one after another.</summary>
    public int Run => _free > 0 ? _free : _freed.Run;

    /// <summary>Takes one in a cycle and in those right after it.</summary>
    public void Take(long cycle, int taken = 1)
    {
        _free += _freed.TakeBefore(cycle + taken) - taken;
    }

    /// <summary>One is free from a cycle on, and one more from each right after it.</summary>
    public void Add(long cycle, int freed = 1) => _freed.Add(cycle, freed);
}
