namespace Hypgcn.Reference;

/// <summary>The four rows of a tile.</summary>
internal unsafe struct RowPointers
{
    private fixed long _rows[TileKernel.Rows];

    public short* this[int n]
    {
        get => (short*)_rows[n];
        set => _rows[n] = (long)value;
    }
}
