using System.Globalization;

namespace Hypgcn.Emission;

/// <summary>Everything that the template of the test bench prints.</summary>
public sealed record BenchView
{
    public required string Command { get; init; }
    public required string Design { get; init; }
    public required string Module { get; init; }
    public required string HalfPeriod { get; init; }
    public required int Packets { get; init; }
    public required int Beats { get; init; }
    public required int Logits { get; init; }
    public required int Classes { get; init; }
    public required int RegisterCount { get; init; }
    public required long PredictedCycles { get; init; }
    public required long CycleLimit { get; init; }
    public required int BeatMsb { get; init; }
    public required int InputMsb { get; init; }
    public required bool HasInputKeep { get; init; }
    public required int InputKeepMsb { get; init; }
    public required int OutputMsb { get; init; }
    public required int OutputKeepMsb { get; init; }
    public required int AddressMsb { get; init; }
    public required int AddressBits { get; init; }

    internal static BenchView Of(ShellView shell, BenchVectors vectors, int registers, int clockMhz, string command) => new()
    {
        Command = command,
        Design = shell.Design,
        Module = shell.Module,
        HalfPeriod = (500.0 / clockMhz).ToString("0.000", CultureInfo.InvariantCulture),
        Packets = vectors.Packets,
        Beats = vectors.BeatCount,
        Logits = vectors.Packets * shell.Classes,
        Classes = shell.Classes,
        RegisterCount = registers,
        PredictedCycles = vectors.Prediction.TotalCycles,
        CycleLimit = (2 * vectors.Prediction.TotalCycles) + 10_000,
        BeatMsb = vectors.BeatBits - 1,
        InputMsb = shell.InputMsb,
        HasInputKeep = shell.HasInputKeep,
        InputKeepMsb = shell.InputKeepMsb,
        OutputMsb = shell.OutputMsb,
        OutputKeepMsb = shell.OutputKeepMsb,
        AddressMsb = shell.AddressMsb,
        AddressBits = shell.AddressMsb + 1,
    };
}
