using System.Globalization;
using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>Everything that the templates of the Vivado scripts print.</summary>
public sealed record VivadoView
{
    public required string Command { get; init; }
    public required string Design { get; init; }
    public required string Top { get; init; }
    public required string Part { get; init; }
    public required int ClockMhz { get; init; }
    public required string Period { get; init; }
    public required string DisplayName { get; init; }
    public required string Description { get; init; }

    internal static VivadoView Of(ShellDesign shell, DesignTarget target, string command) => new()
    {
        Command = command,
        Design = shell.Design.Name,
        Top = shell.Name,
        Part = target.Part,
        ClockMhz = target.ClockMhz,
        // Picoseconds, rounded to the faster side.
        Period = (Math.Floor(1_000_000.0 / target.ClockMhz) / 1000).ToString("0.000", CultureInfo.InvariantCulture),
        DisplayName = $"{{hypgcn {shell.Design.Name}}}",
        Description = $"{{2s-AGCN accelerator, {shell.Design.Blocks.Count} blocks, {shell.Design.Model.Classes} classes}}",
    };
}
