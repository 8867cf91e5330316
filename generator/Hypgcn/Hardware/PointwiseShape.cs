namespace Hypgcn.Hardware;

/// <summary>How a 1x1 convolution of a shortcut (down_engine.v) covers the output channels.</summary>
/// <param name="Lanes">Channels of a word of sums.</param>
/// <param name="Columns">Words of a pass.</param>
/// <param name="Words">Words of a row; the last may count in part.</param>
public readonly record struct PointwiseShape(int Lanes, int Columns, int Words)
{
    /// <summary>Passes over a row.</summary>
    public int Passes => BlockDesign.Divide(Words, Columns);

    /// <summary>Words of the last pass.</summary>
    public int LastColumns => Words - ((Passes - 1) * Columns);

    /// <summary>The shape for so many (padded) channels.</summary>
    internal static PointwiseShape Of(int channels, int lanes, int columns) => new(lanes, columns, BlockDesign.Divide(channels, lanes));
}
