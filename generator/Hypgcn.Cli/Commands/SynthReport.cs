using System.Globalization;
using Hypgcn.Estimation;
using Hypgcn.Hardware;
using Hypgcn.Synthesis;

namespace Hypgcn.Cli.Commands;

/// <summary>What <c>synth</c> prints: every distinct module without its children, by synthesis and by the model.</summary>
internal sealed class SynthReport(DesignSynthesis synthesis, ResourceModel model)
{
    // What a module may have on its longest path.
    private const int LevelLimit = 6;

    private sealed record Line(ModuleConfiguration Module, int Instances, Resources Own, Resources Estimate, TimingArc? Worst)
    {
        internal int Levels => Worst?.Levels ?? 0;
    }

    internal void Print(CommandContext context)
    {
        var lines = synthesis.Modules
            .Select(module => new Line(
                module, synthesis.Instances(module), synthesis[module].Own, model.Own(module.Name, model.ParametersOf(module)), synthesis.Depths.WorstOwn(module)))
            .OrderByDescending(line => line.Instances * line.Own.Lut).ThenBy(line => line.Module.Text, StringComparer.Ordinal).ToList();
        var estimate = lines.Aggregate(default(Resources), (sum, line) => sum + (line.Instances * line.Estimate));
        context.Print(
            new
            {
                Yosys = synthesis.Version,
                Modules = lines.Select(line => new
                {
                    line.Module.Name,
                    line.Module.Parameters,
                    line.Instances,
                    line.Own.Dsp,
                    line.Own.Bram36,
                    line.Own.Lut,
                    line.Own.LutRam,
                    line.Own.Ff,
                    Estimate = Values(line.Estimate),
                    line.Levels,
                    Path = line.Worst?.Path ?? [],
                }),
                Total = Values(synthesis.Total),
                Estimate = Values(estimate),
                Levels = lines.Max(line => line.Levels),
            },
            writer => Write(writer, lines, estimate));
    }

    private void Write(TextWriter writer, List<Line> lines, Resources estimate)
    {
        writer.WriteLine($"{synthesis.Version}, family xc7 with DSP48E2 multipliers; each module without its children");
        writer.WriteLine("  count    DSP BRAM36   LUT (estimate)  LUT-RAM    FF (estimate) levels module");
        foreach (var line in lines)
        {
            var (own, model) = (line.Own, line.Estimate);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{line.Instances,7} {own.Dsp,6} {own.Bram36,6} {own.Lut,7} {model.Lut,7:0} {own.LutRam,8} {own.Ff,6} {model.Ff,7:0} {line.Levels,6} {line.Module}"));
            if (line.Levels > LevelLimit)
            {
                writer.WriteLine($"        path: {string.Join(" > ", line.Worst!.Path)}");
            }
        }
        var total = synthesis.Total;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"synthesised: {total.Dsp} DSP, {total.Bram36} BRAM36, {total.Lut} LUT ({total.LutRam} as memory), {total.Ff} FF"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"estimated:   {estimate.Dsp} DSP, {estimate.Bram36} BRAM36, {estimate.Lut:0} LUT ({estimate.LutRam:0} as memory), {estimate.Ff:0} FF"));
        writer.WriteLine($"levels of logic: {lines.Max(line => line.Levels)}");
    }

    private static object Values(Resources resources) =>
        new { resources.Dsp, resources.Bram36, Lut = Math.Round(resources.Lut), Ff = Math.Round(resources.Ff) };
}
