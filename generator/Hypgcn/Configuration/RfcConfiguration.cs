using System.ComponentModel;

namespace Hypgcn.Configuration;

/// <summary>How deep the mini-banks of the RFC FIFOs are where a block does not say.</summary>
public sealed record RfcConfiguration
{
    [Description("Every mini-bank as deep as its FIFO, whatever was measured or given: nothing is ever dropped.")]
    public bool Lossless { get; init; }

    [Description("What depths from measured sparsity have beyond the calibration clips' peak, in percent.")]
    [Legal(0, 1000)]
    public int MarginPercent { get; init; } = 25;
}
