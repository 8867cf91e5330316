using System.Globalization;
using System.Numerics;
using Hypgcn.Hardware;

namespace Hypgcn.Estimation;

/// <summary>
/// What the contents of a read-only memory leave of it in LUTs: bits that are the same in every word take nothing, and of bits that are
/// always equal, synthesis keeps one. In the resource model it is the value of a parameter that names an image.
/// </summary>
/// <param name="Columns">Bits that differ from each other and from a constant: registers behind the memory.</param>
/// <param name="Tables">Functions of up to six address bits, the same for every 64 words: LUTs.</param>
internal readonly record struct RomContents(int Columns, int Tables)
{
    private const int TableBits = 24;
    private const long TableMask = (1 << TableBits) - 1;

    // Columns, and tables of 64 words and of fewer.
    [ThreadStatic]
    private static (WordSet, WordSet, WordSet)? _sets;

    /// <summary>Both numbers in one.</summary>
    internal long Value => ((long)Columns << TableBits) | (uint)Tables;

    internal static RomContents FromValue(long value) => new((int)(value >> TableBits), (int)(value & TableMask));

    /// <summary>Looks at an image.</summary>
    internal static RomContents Of(MemoryImage image)
    {
        var all = image.Columns();
        var places = image.ColumnPlaces;
        var (columns, tables, lastTables) = _sets ??= (new WordSet(), new WordSet(), new WordSet());
        columns.Clear(image.WidthBits);
        tables.Clear(all.Length);
        lastTables.Clear(image.WidthBits);
        for (var bit = 0; bit < image.WidthBits; bit++)
        {
            var column = all.AsSpan(bit * places, places);
            var isConstant = IsConstant(column, 0, image.Depth);
            for (var n = 1; n < column.Length && isConstant; n++)
            {
                isConstant = IsConstant(column, n, image.Depth) && (column[n] & 1) == (column[0] & 1);
            }
            if (isConstant || !columns.Add(column))
            {
                continue;
            }
            for (var n = 0; n < column.Length; n++)
            {
                if (!IsConstant(column, n, image.Depth))
                {
                    (WordsOf(n, image.Depth) == 64 ? tables : lastTables).Add(column.Slice(n, 1));
                }
            }
        }
        return new RomContents(columns.Count, tables.Count + lastTables.Count);
    }

    /// <summary>Looks at the file of an image.</summary>
    /// <exception cref="HypgcnException">The file is missing or is no image.</exception>
    internal static RomContents Read(string path)
    {
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (lines.Length == 0)
        {
            throw new HypgcnException($"{path}: the file is missing or empty; a memory of the design is read from it. Run hypgcn generate again.");
        }
        var nibbles = lines.Max(line => line.Length);
        var image = new MemoryImage(Path.GetFileName(path), 4 * nibbles, lines.Length);
        for (var word = 0; word < lines.Length; word++)
        {
            for (var nibble = 0; nibble < lines[word].Length; nibble++)
            {
                if (!byte.TryParse(lines[word].AsSpan(lines[word].Length - 1 - nibble, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var digit))
                {
                    throw new HypgcnException($"{path}, line {word + 1}: `{lines[word]}` is no hexadecimal word. Run hypgcn generate again.");
                }
                image.Set(word, 4 * nibble, 4, digit);
            }
        }
        return Of(image);
    }

    private static int WordsOf(int part, int depth) => Math.Min(64, depth - (64 * part));

    private static bool IsConstant(ReadOnlySpan<ulong> column, int part, int depth) =>
        column[part] == 0 || BitOperations.PopCount(column[part]) == WordsOf(part, depth);
}
