namespace Hypgcn.Hardware;

/// <summary>One memory of a design and where it goes.</summary>
/// <param name="Name">Unit and memory, e.g. <c>block3.temporal.weights</c>.</param>
/// <param name="WidthBits">Bits of a word.</param>
/// <param name="Depth">Words.</param>
/// <param name="IsRom">Read-only.</param>
/// <param name="IsRegistered">The read is registered: it may be a block RAM. Otherwise it is made of LUTs.</param>
public sealed record DesignMemory(string Name, int WidthBits, int Depth, bool IsRom, bool IsRegistered)
{
    /// <summary>Deepest memory that goes into LUTs although its read is registered (measured with Yosys: one LUT6 per ROM bit).</summary>
    public const int DistributedDepth = 64;

    // Aspect ratios of an 18 Kb half in simple dual port use (UG573): words x bits.
    private static readonly (int Depth, int Width)[] Halves = [(512, 36), (1024, 18), (2048, 9), (4096, 4), (8192, 2), (16384, 1)];

    /// <summary>Whether it is a block RAM.</summary>
    public bool IsBlockRam => IsRegistered && Depth > DistributedDepth;

    /// <summary>Bits stored.</summary>
    public long Bits => (long)WidthBits * Depth;

    /// <summary>18 Kb halves of block RAM, 0 for a memory in LUTs.</summary>
    public int BlockRamHalves => IsBlockRam ? Halves.Min(half => BlockDesign.Divide(WidthBits, half.Width) * BlockDesign.Divide(Depth, half.Depth)) : 0;

    /// <summary>LUTs of a memory in LUTs: 64 bits each as ROM, RAM64M (three bits in four LUTs) as RAM.</summary>
    public int Luts => IsBlockRam ? 0 : IsRom
        ? WidthBits * BlockDesign.Divide(Depth, 64)
        : BlockDesign.Divide(WidthBits * 4, 3) * BlockDesign.Divide(Depth, 64);
}
