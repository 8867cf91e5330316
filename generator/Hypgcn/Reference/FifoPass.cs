using System.Numerics;
using System.Runtime.Intrinsics;

namespace Hypgcn.Reference;

/// <summary>What happens to features on their way through the RFC FIFOs of a network; one object sees one clip.</summary>
internal abstract class FifoPass
{
    /// <summary>Values of a bank.</summary>
    protected const int Bank = 16;

    /// <summary>Passes the features of a clip.</summary>
    /// <returns>What the reader sees, to be disposed of, or null if it sees all of them.</returns>
    public abstract FeatureBuffer? Through(int block, RfcReader reader, FeatureBuffer values, FrameWalk frames);

    /// <summary>Non-zeros of a bank.</summary>
    protected static int NonZeros(ReadOnlySpan<short> bank) =>
        Bank - BitOperations.PopCount(Vector256.Equals(Vector256.Create(bank), Vector256<short>.Zero).ExtractMostSignificantBits());

    /// <summary>Words that a bank with so many non-zeros needs.</summary>
    protected static int Words(int nonZeros) => (nonZeros + RfcRule.WordValues - 1) / RfcRule.WordValues;
}
