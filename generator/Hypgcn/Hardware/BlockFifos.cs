using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Hardware;

/// <summary>The RFC FIFOs of a block.</summary>
/// <param name="Spatial">x to the spatial shortcut.</param>
/// <param name="Middle">z to the temporal engine.</param>
/// <param name="Residual">x to the residual; null without one.</param>
public sealed record BlockFifos(RfcFifoDesign Spatial, RfcFifoDesign Middle, RfcFifoDesign? Residual)
{
    /// <summary>What the golden model must know.</summary>
    public BlockRfcRules Rules => new(Spatial.Rule, Middle.Rule, Residual?.Rule);

    /// <summary>Those that exist, in the order of the dropped-word counters.</summary>
    public IReadOnlyList<(RfcReader Reader, RfcFifoDesign Fifo)> All => Residual is null
        ? [(RfcReader.Spatial, Spatial), (RfcReader.Middle, Middle)]
        : [(RfcReader.Spatial, Spatial), (RfcReader.Middle, Middle), (RfcReader.Residual, Residual)];

    /// <summary>The FIFOs that the parameters ask for.</summary>
    public static BlockFifos Of(QuantizedBlock block, int joints, BlockParameters parameters)
    {
        var (inputs, outputs) = (joints * BlockDesign.Divide(block.InputChannels, 16), joints * BlockDesign.Divide(block.OutputChannels, 16));
        return new BlockFifos(
            RfcFifoDesign.Of(parameters.SpatialFifoFrames, inputs, parameters.SpatialFifoWords),
            RfcFifoDesign.Of(parameters.MiddleFifoFrames, outputs, parameters.MiddleFifoWords),
            block.Residual == ResidualKind.None
                ? null
                : RfcFifoDesign.Of(ResidualFrames(block, parameters), inputs, parameters.ResidualFifoWords));
    }

    /// <summary>
    /// Frames of the residual FIFO, which takes every stride-th: output frame o closes with z of frame o * stride + pad,
    /// and the slack lets the pipeline move on.
    /// </summary>
    public static int ResidualFrames(QuantizedBlock block, BlockParameters parameters) =>
        ((block.Kernel - 1) / 2 / block.Stride) + 1 + parameters.ResidualFifoSlackFrames;
}
