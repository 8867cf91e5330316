using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>One block of <see cref="IntegerNetwork"/>, its weights packed for the vector unit.</summary>
internal sealed unsafe class IntegerBlock
{
    // Four frames make whole tiles of four rows for any number of joints, and their U stays in the first cache levels.
    private const int ChunkFrames = TileKernel.Rows;
    private const int TileOutputs = PackedProduct.TileGroups * PackedProduct.GroupOutputs;
    private readonly QuantizedBlock _block;
    private readonly int _joints;
    private readonly int _subsets;
    private readonly GraphStage _graph;
    private readonly PackedProduct _spatial;
    private readonly PackedProduct? _down;
    private readonly Rounding _spatialRounding;
    private readonly PackedProduct _temporal;
    private readonly PackedProduct? _residual;
    private readonly Rounding _temporalRounding;

    public IntegerBlock(QuantizedBlock block, int joints, SumRange x)
    {
        (_block, _joints) = (block, joints);
        _subsets = block.Graph.Length / (joints * joints);
        var (inputs, outputs) = (block.InputChannels, block.OutputChannels);
        var signed = AccumulatorBounds.Signed(block.FeatureBits);
        var rectified = signed with { Min = 0 };
        InputStride = Layout.Pad(inputs);
        OutputStride = Layout.Pad(outputs);
        _graph = new GraphStage(block, joints, x);
        _spatial = Product(block.Spatial, _subsets, InputStride, inputs, outputs, signed);
        _down = block.Down is null ? null : Product(block.Down, 1, 0, inputs, outputs, x);
        _spatialRounding = new Rounding(
            block.SpatialBias, block.SpatialAlign, block.SpatialShortcutAlign, block.SpatialShift, 0, signed.Max);
        var taps = new int[block.Temporal.Length];
        for (var n = 0; n < taps.Length; n++)
        {
            var (o, i, tap) = (n / block.Kernel / outputs, n / block.Kernel % outputs, n % block.Kernel);
            taps[(tap * outputs + i) * outputs + o] = block.Temporal[n];
        }
        _temporal = Product(taps, block.Kernel, joints * OutputStride, outputs, outputs, rectified);
        _residual = block.ResidualWeight is null ? null : Product(block.ResidualWeight, 1, 0, inputs, outputs, x);
        _temporalRounding = new Rounding(
            block.TemporalBias, block.TemporalAlign, block.ResidualAlign, block.TemporalShift, 0,
            AccumulatorBounds.Signed(block.OutputBits).Max);
    }

    /// <summary>Padded channels of x.</summary>
    public int InputStride { get; }

    /// <summary>Padded channels of z and of the output.</summary>
    public int OutputStride { get; }

    public int OutputChannels => _block.OutputChannels;

    public int InputChannels => _block.InputChannels;

    public int Stride => _block.Stride;

    public bool HasResidual => _block.Residual != ResidualKind.None;

    /// <summary>Frames of zeros before and after z.</summary>
    public int PadFrames => (_block.Kernel - 1) / 2;

    public int OutputFrames(int frames) => (frames + _block.Stride - 1) / _block.Stride;

    /// <summary>z of one person.</summary>
    /// <param name="x">[frame, joint, channel].</param>
    /// <param name="shortcut">x as the shortcut sees it.</param>
    /// <param name="frames">Frames of x and z.</param>
    /// <param name="z">[frame, joint, channel], its padding frames already zero.</param>
    public void Spatial(short* x, short* shortcut, int frames, short* z)
    {
        using var u = new FeatureBuffer(ChunkFrames * _joints * _subsets * InputStride);
        using var packed = new FeatureBuffer(_graph.PackedLength);
        var row = InputStride * _subsets;
        for (var first = 0; first < frames; first += ChunkFrames)
        {
            var count = Math.Min(ChunkFrames, frames - first);
            var from = x + first * _joints * InputStride;
            for (var f = 0; f < count; f++)
            {
                _graph.Run(from + f * _joints * InputStride, packed.Start, u.Start + f * _joints * row);
            }
            var rows = new RowSource(u.Start, row, shortcut + first * _joints * InputStride, InputStride);
            Multiply(_spatial, _down, true, rows, count * _joints, _spatialRounding, z + first * _joints * OutputStride);
        }
    }

    /// <summary>The output of one person.</summary>
    /// <param name="x">[frame, joint, channel], for the residual only.</param>
    /// <param name="z">[frame, joint, channel], beginning with <see cref="PadFrames"/> frames of zeros and ending with as many.</param>
    /// <param name="frames">Frames of x and z.</param>
    /// <param name="y">[output frame, joint, channel].</param>
    public void Temporal(short* x, short* z, int frames, short* y)
    {
        var rows = new RowSource(z, OutputStride, x, InputStride) { Joints = _joints, Stride = _block.Stride };
        Multiply(_temporal, _residual, HasResidual, rows, OutputFrames(frames) * _joints, _temporalRounding, y);
    }

    private void Multiply(
        PackedProduct product, PackedProduct? shortcut, bool hasShortcut, RowSource source, int rows, Rounding rounding, short* to)
    {
        var sums = stackalloc long[TileKernel.Rows * TileOutputs];
        var extra = stackalloc long[TileKernel.Rows * TileOutputs];
        for (var n = 0; n < product.Tiles.Count; n++)
        {
            var tile = product.Tiles[n];
            for (var row = 0; row < rows; row += TileKernel.Rows)
            {
                source.Select(row, rows);
                Multiply(tile, source.Main, sums);
                if (shortcut is not null)
                {
                    Multiply(shortcut.Tiles[n], source.Shortcut, extra);
                }
                for (var r = 0; r < TileKernel.Rows && row + r < rows; r++)
                {
                    if (hasShortcut && shortcut is null)
                    {
                        Rounding.Widen(source.Shortcut[r] + tile.FirstOutput, tile.Outputs, extra + r * tile.Outputs);
                    }
                    var at = r * tile.Outputs;
                    rounding.Apply(
                        sums + at, hasShortcut ? extra + at : null, tile.FirstOutput, tile.Outputs,
                        to + (row + r) * OutputStride + tile.FirstOutput);
                }
            }
        }
    }

    private static void Multiply(PackedTile tile, RowPointers rows, long* sums) => TileKernel.Multiply(
        rows[0], rows[1], rows[2], rows[3],
        tile.Offsets.Start, tile.SegmentEnds.Start, tile.SegmentEnds.Length, tile.Weights.Start, tile.Groups, sums);

    /// <summary>Packs [part, input, output]; part n of a row lies n * partStride further in memory.</summary>
    private static PackedProduct Product(int[] weight, int parts, int partStride, int inputs, int outputs, SumRange feature)
    {
        var even = inputs + inputs % 2;
        var offsets = new int[parts * even];
        for (var j = 0; j < offsets.Length; j++)
        {
            offsets[j] = j % even < inputs ? j / even * partStride + j % even : -1;
        }
        return PackedProduct.Build(
            (j, o) => weight[(j / even * inputs + j % even) * outputs + o], offsets, outputs, feature);
    }
}
