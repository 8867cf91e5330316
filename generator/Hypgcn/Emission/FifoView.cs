using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Parameters of an RFC FIFO as templates print them.</summary>
public sealed record FifoView(int Depth, int Words0, int Words1, int Words2, int Words3, int FrameBanks, int Window)
{
    internal static FifoView Of(RfcFifoDesign fifo) =>
        new(fifo.Depth, fifo.Words.First, fifo.Words.Second, fifo.Words.Third, fifo.Words.Fourth, fifo.FrameBanks, fifo.Window);
}
