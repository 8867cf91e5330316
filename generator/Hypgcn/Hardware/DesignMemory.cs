namespace Hypgcn.Hardware;

/// <summary>One memory of a design and where it goes.</summary>
/// <param name="Name">Unit and memory, e.g. <c>block3.temporal.weights</c>.</param>
/// <param name="WidthBits">Bits of a word.</param>
/// <param name="Depth">Words.</param>
/// <param name="IsRom">Read-only.</param>
/// <param name="IsRegistered">The read is registered: it may be a block RAM. Otherwise it is made of LUTs.</param>
/// <param name="LutWords">Words up to which one with a registered read is made of LUTs all the same.</param>
public sealed record DesignMemory(string Name, int WidthBits, int Depth, bool IsRom, bool IsRegistered, int LutWords = DesignMemory.UsualLutWords)
{
    /// <summary>Words of the deepest memory that usually goes into LUTs although its read is registered: a LUT6 holds 64 of a bit.</summary>
    public const int UsualLutWords = 64;

    /// <summary>Largest limit that may be asked for: a half of block RAM holds 36 bits of so many words, and they take some 230 LUTs.</summary>
    public const int MostLutWords = 256;

    private const int ByteBits = 9; // with its parity bit: the unit of packing in shapes that have whole bytes

    // Aspect ratios of an 18 Kb half and of a whole block in simple dual port use (UG573): words, bits, halves.
    private static readonly (int Depth, int Width, int Halves)[] Shapes =
    [
        (32768, 1, 2), (16384, 2, 2), (16384, 1, 1), (8192, 4, 2), (8192, 2, 1), (4096, 9, 2), (4096, 4, 1), (2048, 18, 2), (2048, 9, 1),
        (1024, 36, 2), (1024, 18, 1), (512, 72, 2), (512, 36, 1),
    ];

    /// <summary>Whether it is a block RAM.</summary>
    public bool IsBlockRam => IsRegistered && Depth > LutWords;

    /// <summary>Bits stored.</summary>
    public long Bits => (long)WidthBits * Depth;

    /// <summary>18 Kb halves of block RAM, 0 for a memory in LUTs.</summary>
    public int BlockRamHalves => IsBlockRam ? Shape.Halves : 0;

    /// <summary>What a block RAM of this size takes: 18 Kb halves, and parts of the depth side by side, with a multiplexer behind them if more than one.</summary>
    // The least cost as Yosys counts it (memory_libmap, with the Xilinx costs of 129 for a half and 257 for a block): cells, and half a
    // unit for each bit of the multiplexer and for each write enable behind the address. Twice that, to stay whole.
    internal (int Halves, int Segments) Shape => Shapes
        .Select(shape => (Segments: BlockDesign.Divide(Depth, shape.Depth), shape.Halves, Cells: Cells(shape.Depth, shape.Width)))
        .OrderBy(shape => (2 * shape.Cells * ((128L * shape.Halves) + 1)) + ((shape.Segments - 1L) * WidthBits) + (shape.Segments > 1 ? shape.Segments : 0))
        .ThenBy(shape => shape.Segments)
        .Select(shape => (shape.Halves * shape.Cells, shape.Segments)).First();

    /// <summary>LUTs of a memory in LUTs: 64 bits each as ROM, RAM64M (three bits in four LUTs) as RAM.</summary>
    public int Luts => IsBlockRam ? 0 : IsRom
        ? WidthBits * BlockDesign.Divide(Depth, 64)
        : BlockDesign.Divide(WidthBits * 4, 3) * BlockDesign.Divide(Depth, 64);

    // The bytes that are left beside full columns are packed: two segments may share a cell.
    private int Cells(int depth, int width)
    {
        var segments = BlockDesign.Divide(Depth, depth);
        return width < ByteBits
            ? BlockDesign.Divide(WidthBits, width) * segments
            : (WidthBits / width * segments) + BlockDesign.Divide(segments * BlockDesign.Divide(WidthBits % width, ByteBits), width / ByteBits);
    }
}
