namespace Hypgcn.Reference;

/// <summary>Finds the input rows of a tile of output rows (frame * joints + joint).</summary>
internal unsafe struct RowSource(short* main, int mainStride, short* shortcut, int shortcutStride)
{
    public RowPointers Main;
    public RowPointers Shortcut;

    /// <summary>Joints of a frame; matters with a stride only.</summary>
    public int Joints { get; init; } = 1;

    /// <summary>Temporal stride of the output.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Points at the rows from <paramref name="row"/>; past the last they repeat it.</summary>
    public void Select(int row, int rows)
    {
        for (var n = 0; n < TileKernel.Rows; n++)
        {
            var r = Math.Min(row + n, rows - 1);
            var from = r / Joints * Stride * Joints + r % Joints;
            Main[n] = main + from * mainStride;
            Shortcut[n] = shortcut + from * shortcutStride;
        }
    }
}
