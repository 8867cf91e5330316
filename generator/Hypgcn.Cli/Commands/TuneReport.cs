using System.Globalization;
using Hypgcn.Exploration;
using Hypgcn.Hardware;

namespace Hypgcn.Cli.Commands;

/// <summary>Prints what <c>hypgcn tune</c> found.</summary>
/// <param name="result">What was found.</param>
/// <param name="path">Where the configuration was written.</param>
/// <param name="seconds">How long it took.</param>
internal sealed class TuneReport(TuneResult result, string path, double seconds)
{
    private const int ShownFront = 12;

    private readonly TunedDesign _tuned = result.Network.Tuned;

    public void Print(CommandContext context) => context.Print(
        new
        {
            Config = path,
            From = result.Config,
            Device = result.Device?.Name,
            result.Request.Limits,
            result.Request.ClockMhz,
            ClipsPerSecond = Math.Round(ClipsPerSecond(_tuned.IntervalCycles), 1),
            _tuned.IntervalCycles,
            _tuned.LastIntervalCycles,
            _tuned.BoundCycles,
            _tuned.ProvenCycles,
            _tuned.Cost.Dsp,
            _tuned.Cost.Bram36,
            Lut = Math.Round(_tuned.Cost.Lut),
            _tuned.Cost.LutRam,
            Ff = Math.Round(_tuned.Cost.Ff),
            _tuned.Binding,
            BlockFeatureBits = Widths,
            SpatialLutWords = _tuned.Design.Blocks.Select(block => block.Parameters.SpatialLutWords),
            TemporalLutWords = _tuned.Design.Blocks.Select(block => block.Parameters.TemporalLutWords),
            SlowestStage = _tuned.Slowest.Stage,
            SlowestCycles = _tuned.Slowest.Cycles,
            Units = _tuned.Units.Select(unit => new { unit.Name, Chosen = Values(unit.Chosen), Cheaper = Values(unit.Cheaper), Faster = Values(unit.Faster) }),
            Front = result.Network.Tuned.Front.Select(point => new
            {
                point.Cost.Dsp, point.Cost.Bram36, Lut = Math.Round(point.Cost.Lut), point.BoundCycles,
            }),
            Seconds = seconds,
            ChoosingSeconds = Math.Round(result.Network.Choosing.TotalSeconds, 2),
        },
        Write);

    private static object? Values(TunedOption? option) => option is null ? null : new
    {
        option.Lanes, option.Cycles, option.Cost.Dsp, option.Cost.Bram36, Lut = Math.Round(option.Cost.Lut), Ff = Math.Round(option.Cost.Ff),
    };

    private void Write(TextWriter writer)
    {
        void Line(FormattableString text) => writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        var (limits, cost) = (result.Request.Limits, _tuned.Cost);
        Line($"{path}: from {result.Config}, in {seconds:0.0} s ({result.Network.Choosing.TotalSeconds:0.0} s from the counts of non-zeros)");
        Line($"interval    {_tuned.IntervalCycles} cycles = {ClipsPerSecond(_tuned.IntervalCycles):0.0} clips/s at {result.Request.ClockMhz} MHz (last clip {_tuned.LastIntervalCycles})");
        Line($"slowest     {_tuned.Slowest.Stage}, {_tuned.Slowest.Cycles} cycles; by slowest unit {_tuned.BoundCycles}, none within the limits below {_tuned.ProvenCycles}");
        Line($"resources   {Share(cost.Dsp, limits.Dsp)} DSP, {Share(cost.Bram36, limits.Bram36)} BRAM36, {Share(Math.Round(cost.Lut), limits.Lut)} LUT ({Share(cost.LutRam, result.Device?.LutRam is > 0 and var most ? most : null)} as memory), {Share(Math.Round(cost.Ff), result.Device?.Ff)} FF");
        Line($"block bits  {string.Join(' ', Widths)}");
        Line($"LUT words   {string.Join(' ', _tuned.Design.Blocks.Select(block => $"{block.Parameters.SpatialLutWords}/{block.Parameters.TemporalLutWords}"))} (memories of spatial/temporal stages up to so many words are of LUTs)");
        Line($"binding     {(_tuned.Binding.Count == 0 ? "none: no unit can be faster" : string.Join(", ", _tuned.Binding))}");
        writer.WriteLine();
        Line($"{"unit",-24} {"lanes",-12} {"cycles",9} {"DSP",5} {"BRAM",6} {"LUT",7}   next cheaper; next faster (cycles, DSP/BRAM/LUT more)");
        foreach (var unit in _tuned.Units)
        {
            var (own, at) = (unit.Chosen, unit.Chosen.Cost);
            Line($"{unit.Name,-24} {own.Lanes,-12} {own.Cycles,9} {at.Dsp,5:0} {at.Bram36,6:0.0} {at.Lut,7:0}   {Other(own, unit.Cheaper)}; {Other(own, unit.Faster)}");
        }
        writer.WriteLine();
        Line($"Pareto front by slowest unit, some of {result.Network.Tuned.Front.Count} points:");
        Line($"{"cycles",9} {"DSP",6} {"BRAM36",7} {"LUT",8}");
        var front = result.Network.Tuned.Front;
        foreach (var n in Enumerable.Range(0, Math.Min(ShownFront, front.Count)).Select(n => n * front.Count / Math.Min(ShownFront, front.Count)))
        {
            Line($"{front[n].BoundCycles,9} {front[n].Cost.Dsp,6:0} {front[n].Cost.Bram36,7:0.0} {front[n].Cost.Lut,8:0}");
        }
        Line($"next: hypgcn generate --config {path}");
    }

    private IEnumerable<int> Widths => _tuned.Design.Blocks.Select(block => block.Bits);

    private static string Other(TunedOption own, TunedOption? other) => other is null ? "-" : string.Create(
        CultureInfo.InvariantCulture,
        $"{other.Lanes} ({other.Cycles}, {other.Cost.Dsp - own.Cost.Dsp:+0;-0;0}/{other.Cost.Bram36 - own.Cost.Bram36:+0.#;-0.#;0}/{other.Cost.Lut - own.Cost.Lut:+0;-0;0})");

    private static string Share(double value, double? of) => of is double whole
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0.#} of {whole:0.#} ({100 * value / whole:0.0} %)")
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.#}");

    private double ClipsPerSecond(long cycles) => result.Request.ClockMhz * 1e6 / cycles;
}
