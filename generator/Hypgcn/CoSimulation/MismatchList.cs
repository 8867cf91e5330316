namespace Hypgcn.CoSimulation;

/// <summary>Counts mismatches and keeps the earliest.</summary>
internal sealed class MismatchList
{
    /// <summary>How many there were.</summary>
    internal long Count { get; private set; }

    /// <summary>The earliest; what never came is later than everything that came.</summary>
    internal Mismatch? First { get; private set; }

    internal void Add(Mismatch mismatch)
    {
        Count++;
        Consider(mismatch);
    }

    internal void Add(MismatchList other)
    {
        Count += other.Count;
        if (other.First is not null)
        {
            Consider(other.First);
        }
    }

    private void Consider(Mismatch mismatch)
    {
        if (First is null || (mismatch.Cycle ?? long.MaxValue) < (First.Cycle ?? long.MaxValue))
        {
            First = mismatch;
        }
    }
}
