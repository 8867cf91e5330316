using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Everything the templates of the shell print.</summary>
public sealed record ShellView
{
    public required string Command { get; init; }
    public required string Design { get; init; }
    public required string Module { get; init; }
    public required string Registers { get; init; }
    public required int ClipValues { get; init; }
    public required int Classes { get; init; }
    public required int BeatValues { get; init; }
    public required int ValueBits { get; init; }
    public required int ValueBytes { get; init; }
    public required int ValueMsb { get; init; }
    public required int InputMsb { get; init; }
    public required bool HasInputKeep { get; init; }
    public required int InputKeepMsb { get; init; }
    public required int OutputBits { get; init; }
    public required int OutputMsb { get; init; }
    public required int OutputKeepMsb { get; init; }
    public required string OutputKeep { get; init; }
    public required int LogitMsb { get; init; }
    public required string ExtendedLogit { get; init; }
    public required int AddressMsb { get; init; }

    internal static ShellView Of(ShellDesign shell, string command)
    {
        var design = shell.Design;
        var outputBits = 8 * shell.OutputBytes;
        return new ShellView
        {
            Command = command,
            Design = design.Name,
            Module = shell.Name,
            Registers = $"{design.Name}_registers",
            ClipValues = design.ClipValues,
            Classes = design.Model.Classes,
            BeatValues = shell.BeatValues,
            ValueBits = design.Model.FeatureBits,
            ValueBytes = shell.ValueBytes,
            ValueMsb = design.Model.FeatureBits - 1,
            InputMsb = (8 * shell.InputBytes) - 1,
            HasInputKeep = shell.HasInputKeep,
            InputKeepMsb = shell.InputBytes - 1,
            OutputBits = outputBits,
            OutputMsb = outputBits - 1,
            OutputKeepMsb = shell.OutputBytes - 1,
            OutputKeep = VerilogLiteral.Hex((1UL << shell.OutputBytes) - 1, shell.OutputBytes),
            LogitMsb = design.LogitBits - 1,
            ExtendedLogit = outputBits == design.LogitBits
                ? "logit"
                : FormattableString.Invariant($"{{{{{outputBits - design.LogitBits}{{logit[{design.LogitBits - 1}]}}}}, logit}}"),
            AddressMsb = shell.Registers.AddressBits - 1,
        };
    }
}
