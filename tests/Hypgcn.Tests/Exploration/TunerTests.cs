using System.Globalization;
using System.Text.RegularExpressions;
using Hypgcn.Cycles;
using Hypgcn.Estimation;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Tests.Hardware;

namespace Hypgcn.Tests.Exploration;

[TestFixture]
internal sealed class TunerTests
{
    private const int Frames = 6;

    private static readonly TuneLimits Price = new(100, 100, 10000);

    private static readonly Lazy<(Tuner Tuner, BruteForce All)>[] Networks =
        [new(() => Tiny(16, 3)), new(() => Tiny(3, 1))];

    private static readonly ClipActivity[] Clips = [TestDesigns.Activity(1), TestDesigns.Activity(2)];

    private static readonly AcceleratorDesign Small = new("small", TestDesigns.Model, TestDesigns.OneLane);

    private static readonly Lazy<Tuner> SmallTuner = new(() => Tuner.Measure([Small], Clips, Price));

    /// <summary>Against every legal combination of all parameters, under limits that some design just keeps.</summary>
    [Test]
    public void Fastest_TinyNetworks_IsTheOptimumOfAllCombinations([Values(0, 1)] int network, [Range(0, 11)] int seed)
    {
        var (tuner, all) = Networks[network].Value;
        var cost = all.Sample(seed);
        TuneLimits[] cases =
        [
            new(cost.Dsp), new(null, cost.Bram36), new(null, null, Math.Ceiling(cost.Lut)),
            new(cost.Dsp, cost.Bram36), new(cost.Dsp, cost.Bram36, Math.Ceiling(cost.Lut)),
        ];
        Assert.Multiple(() =>
        {
            foreach (var limits in cases)
            {
                var point = tuner.Fastest(limits);
                Assert.That(point.IntervalCycles, Is.EqualTo(all.Fastest(limits)), $"{limits}, {all.Count} combinations");
                Assert.That(point.ProvenCycles, Is.EqualTo(point.IntervalCycles), $"{limits}");
            }
        });
    }

    [Test]
    public void Tune_Limits_AreKeptAndMoreOfThemNeverCostTime()
    {
        var previous = long.MaxValue;
        foreach (var dsp in new[] { 14, 20, 40, 90, 300, 900 })
        {
            var limits = new TuneLimits(dsp, 60, 40000);
            var tuned = SmallTuner.Value.Tune(new TuneRequest(limits, 100));
            var actual = DesignResources.Of(tuned.Design).Total;
            Assert.Multiple(() =>
            {
                Assert.That(tuned.Cost, Is.EqualTo(actual));
                Assert.That(limits.Allow(actual), $"{actual}");
                Assert.That(tuned.BoundCycles, Is.LessThanOrEqualTo(previous));
                Assert.That(tuned.IntervalCycles, Is.EqualTo(Interval(tuned.Design)));
                Assert.That(tuned.Units.Select(unit => unit.Name), Is.SupersetOf(new[] { "block1.graph", "block3.down", "block3.residual", "pool", "classifier" }));
                Assert.That(tuned.Units.Max(unit => unit.Chosen.Cycles), Is.LessThanOrEqualTo(tuned.BoundCycles));
            });
            previous = tuned.BoundCycles;
        }
    }

    [Test]
    public void Tune_UnequalClips_CountEachOnceInTheSlowestStage()
    {
        ClipActivity[] clips = [ClipActivity.Uniform(TestDesigns.Model, 100), .. Enumerable.Repeat(ClipActivity.Uniform(TestDesigns.Model, 20), 2)];
        var tuned = Tuner.Measure([Small], clips, Price).Tune(new TuneRequest(new TuneLimits(40, 60, 40000), 100));
        var alone = clips.Sum(clip => CycleModel.Predict(tuned.Design, [clip], new PortPattern()).Stage(tuned.Slowest.Stage).Busy);
        Assert.Multiple(() =>
        {
            Assert.That(tuned.Slowest.Cycles, Is.EqualTo(Work.Mean(alone, clips.Length)));
            Assert.That(tuned.Slowest.Cycles, Is.LessThanOrEqualTo(tuned.IntervalCycles));
        });
    }

    // The clips twice: between the results of the second and the fourth every clip counts once.
    private static long Interval(AcceleratorDesign design)
    {
        var outputs = CycleModel.Predict(design, [.. Clips, .. Clips], new PortPattern()).LastOutput;
        return Work.Mean(outputs[3] - outputs[1], Clips.Length);
    }

    // Four input channels of each graph are left, so that a shortcut, which reads all, has most to do.
    [Test]
    public void Tune_LimitsBeyondNeed_GiveAShortcutSeveralEngines()
    {
        QuantizedModel model = TestDesigns.Model with
        {
            Blocks = [.. TestDesigns.Model.Blocks.Select(q => q with
            {
                Spatial = [.. q.Spatial.Select((weight, n) => n / q.OutputChannels % q.InputChannels < 4 ? weight : default)],
            })],
        };
        var tuned = Tuner.Measure([new AcceleratorDesign("kept", model, TestDesigns.OneLane)], Clips, Price).Tune(new TuneRequest(new TuneLimits(20000, 2000, 1000000), 100));
        var block = tuned.Design.Blocks[2];
        var p = block.Parameters;
        Assert.That(block.DownStages, Has.Count.GreaterThan(1));
        Assert.That(
            tuned.Units.Single(unit => unit.Name == "block3.down").Chosen.Lanes, Is.EqualTo($"{p.DownEngines} x {p.DownColumns} x {p.DownChannels}"));
        var one = block.With(p with { DownEngines = 1 });
        Assert.That(Clips.Max(clip => UnitCycles.Down(one, clip)), Is.GreaterThan(tuned.BoundCycles));
    }

    [Test]
    public void Tune_Refinements_KeepLimitsAndNeverCostTime()
    {
        foreach (var dsp in new[] { 30, 40, 60, 90, 150 })
        {
            var limits = new TuneLimits(dsp, 60, 40000);
            var plain = SmallTuner.Value.Tune(new TuneRequest(limits, 100));
            var refined = SmallTuner.Value.Tune(new TuneRequest(limits, 100, Refinements: 20));
            var again = SmallTuner.Value.Tune(new TuneRequest(limits, 100, Refinements: 20));
            Assert.Multiple(() =>
            {
                Assert.That(refined.IntervalCycles, Is.LessThanOrEqualTo(plain.IntervalCycles));
                Assert.That(limits.Allow(DesignResources.Of(refined.Design).Total), $"{refined.Cost}");
                Assert.That(again.Design.Parameters.Blocks, Is.EqualTo(refined.Design.Parameters.Blocks));
                Assert.That(again.IntervalCycles, Is.EqualTo(refined.IntervalCycles));
            });
        }
    }

    [Test]
    public void Tune_DspShort_SaysThatItBindsAndWhatElseThereIs()
    {
        var tuned = SmallTuner.Value.Tune(new TuneRequest(new TuneLimits(40), 100));
        Assert.That(tuned.Binding, Is.EqualTo(["dsp"]));
        foreach (var unit in tuned.Units)
        {
            Assert.That(unit.Cheaper?.Cycles ?? long.MaxValue, Is.GreaterThan(unit.Chosen.Cycles), unit.Name);
            Assert.That(unit.Faster?.Cycles ?? 0, Is.LessThan(unit.Chosen.Cycles), unit.Name);
        }
    }

    [Test]
    public void Tune_Target_IsMetByTheCycleModelForLess()
    {
        var fastest = SmallTuner.Value.Tune(new TuneRequest(new TuneLimits(), 100));
        var target = 4 * fastest.IntervalCycles;
        var tuned = SmallTuner.Value.Tune(new TuneRequest(new TuneLimits(), 100, 100e6 / target));
        Assert.That(tuned.IntervalCycles, Is.InRange(target / 2, target));
        Assert.That(tuned.Cost.Dsp, Is.LessThan(fastest.Cost.Dsp));
    }

    // Rows leave the ring in the gaps of a pass: a finish that is fast enough in the mean may be too slow for these.
    [Test]
    public void RowFlow_NarrowerFinish_TakesAsLongOrLonger()
    {
        (long Narrow, long Wide)[] flows =
        [
            .. from block in Small.Blocks
               from groups in new[] { 4, 8, 16 }
               from columns in new[] { 1, 3, 9, 20 }
               let wide = block.With(block.Parameters with { TemporalGroups = groups, TemporalColumns = columns, TemporalFinish = groups })
               select (RowFlow.Temporal(wide.With(wide.Parameters with { TemporalFinish = 1 }), Clips), RowFlow.Temporal(wide, Clips)),
        ];
        Assert.That(flows.Where(flow => flow.Narrow < flow.Wide), Is.Empty);
        Assert.That(flows.Where(flow => flow.Narrow > flow.Wide), Is.Not.Empty);
    }

    [Test]
    public void Tune_LimitBelowTheLeast_SaysByHowMuch()
    {
        var least = Enumerable.Range(1, 100).First(dsp => SmallTuner.Value.Cheapest(new TuneLimits(dsp), long.MaxValue) is not null);
        Assert.That(
            () => SmallTuner.Value.Tune(new TuneRequest(new TuneLimits(least - 3), 100)),
            Throws.TypeOf<InfeasibleException>().With.Message.EqualTo(
                $"--dsp: the limit is {least - 3} DSP; the network needs at least {least} DSP, however long a clip may take. Raise it by 3 DSP or prune the network."));
    }

    /// <summary>Limits of which each alone would do: of all combinations none keeps a thousandth less than what the message asks for.</summary>
    [Test]
    public void Tune_LimitsTogetherTooSmall_SaysTheLeastThatWouldFit([Values(0, 1)] int network)
    {
        var (tuner, all) = Networks[network].Value;
        // The networks can do without block RAM, but that takes LUTs: the least of each cannot be had at once.
        Assert.That(tuner.Tune(new TuneRequest(new TuneLimits(null, 0), 100)).Cost.Bram18, Is.Zero);
        var (leastDsp, leastLut) = (Least(new TuneLimits(0)), Least(new TuneLimits(null, null, 0)));
        var count = 0;
        Assert.Multiple(() =>
        {
            foreach (var limits in from dsp in new[] { 0, 2, 9 } from bram in new[] { 0, 0.5, 2.5 } from lut in new[] { 0, 40, 300 }
                                   select new TuneLimits(leastDsp + dsp, bram, leastLut + lut))
            {
                if (all.Fastest(limits) is not null)
                {
                    continue;
                }
                count++;
                var problem = Assert.Throws<InfeasibleException>(() => tuner.Tune(new TuneRequest(limits, 100)))!.Message;
                Match said = Regex.Match(problem,
                    @"^limits: [\d.]+ DSP, [\d.]+ BRAM36, \d+ LUT together are too little, however long a clip may take; each alone would do\. Raise them by (?<percent>[\d.]+) %, to (?<dsp>\d+) DSP, (?<bram>[\d.]+) BRAM36, (?<lut>\d+) LUT\.$");
                Assert.That(said.Success, problem);
                var thousandths = (int)Math.Round(10 * Number(said, "percent"));
                Assert.That(Limits(said), Is.EqualTo(More(limits, thousandths)));
                Assert.That(all.Fastest(More(limits, thousandths)), Is.Not.Null, problem);
                Assert.That(all.Fastest(More(limits, thousandths - 1)), Is.Null, problem);
            }
        });
        Assert.That(count, Is.GreaterThan(3));

        double Least(TuneLimits limits)
        {
            var message = Assert.Throws<InfeasibleException>(() => tuner.Tune(new TuneRequest(limits, 100)))!.Message;
            return double.Parse(message.Split("needs at least ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// Of all combinations none reaches the target with one unit less of the resource that is to be raised, or with a thousandth less of all. With so few
    /// counters, whose multiplexer grows in steps, it is not always proven; the message says so.
    /// </summary>
    [Test]
    public void Tune_TargetOutOfReachOfTinyNetworks_SaysTheLeastThatItTakes([Values(0, 1)] int network, [Range(0, 7)] int seed)
    {
        var (tuner, all) = Networks[network].Value;
        var cost = all.Sample(seed);
        TuneLimits[] cases =
        [
            new(cost.Dsp), new(null, null, Math.Ceiling(cost.Lut)), new(cost.Dsp, cost.Bram36, Math.Ceiling(cost.Lut)),
            new(Math.Ceiling(0.7 * cost.Dsp), cost.Bram36, Math.Ceiling(0.9 * cost.Lut)),
        ];
        var (count, proven) = (0, 0);
        var best = all.Fastest(new TuneLimits())!.Value;
        foreach (var limits in cases.Where(limits => all.Fastest(limits) > best))
        {
            foreach (var target in new[] { best, (best + all.Fastest(limits)!.Value) / 2 })
            {
                var problem = Assert.Throws<InfeasibleException>(() => tuner.Tune(new TuneRequest(limits, 100, 100e6 / target)))!.Message;
                Match one = Regex.Match(problem, @"that takes at least (?<needed>[\d.]+) (?<unit>DSP|BRAM36|LUT), (?<more>[\d.]+) \k<unit> more than the limit(?<proven> \(it is proven for [\d.]+ LUT only that it is too little\))?\.");
                Match many = Regex.Match(problem, @"that takes at least ((?<dsp>\d+) DSP)?(, )?((?<bram>[\d.]+) BRAM36)?(, )?((?<lut>\d+) LUT)?, (?<percent>[\d.]+) % more than the limits(?<proven> \(it is proven for [\d.]+ % only that it is too little\))?\.");
                Assert.That(one.Success || many.Success, problem);
                var enough = one.Success ? Raised(limits, one.Groups["unit"].Value, Number(one, "needed")) : Limits(many);
                var less = one.Success ? Lowered(enough, one.Groups["unit"].Value) : More(limits, (int)Math.Round(10 * Number(many, "percent")) - 1);
                Assert.That(all.Fastest(enough), Is.LessThanOrEqualTo(target), problem);
                Assert.That(all.Fastest(less) ?? long.MaxValue, Is.GreaterThan(target), problem);
                proven += one.Groups["proven"].Success || many.Groups["proven"].Success ? 0 : 1;
                count++;
            }
        }
        Assert.That(proven, Is.GreaterThanOrEqualTo(count / 2));
    }

    [Test]
    public void Tune_TargetOutOfReachOfTheLimits_SaysWhatItTakes()
    {
        var limits = new TuneLimits(40);
        var fastest = SmallTuner.Value.Tune(new TuneRequest(limits, 100));
        var target = fastest.BoundCycles / 2;
        var problem = Assert.Throws<InfeasibleException>(() => SmallTuner.Value.Tune(new TuneRequest(limits, 100, 100e6 / target)));
        Assert.That(problem!.Message, Does.Match(
            $@"^--fps: [\d.]+ clips/s at 100 MHz leave {target} cycles for a clip; that takes at least \d+ DSP, \d+ DSP more than the limit\. Ask for [\d.]+ clips/s \({fastest.IntervalCycles} cycles; within the limits the slowest unit takes at least {fastest.ProvenCycles}\), or raise --dsp\.$"));
        var needed = double.Parse(problem.Message.Split("at least ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.That(SmallTuner.Value.Fastest(new TuneLimits(needed)).IntervalCycles, Is.LessThanOrEqualTo(target));
        Assert.That(SmallTuner.Value.Fastest(new TuneLimits(needed - 1)).IntervalCycles, Is.GreaterThan(target));
    }

    [Test]
    public void Tune_TargetThatSeveralResourcesAreTooFewFor_SaysWhatAllTake()
    {
        var least = SmallTuner.Value.Tune(new TuneRequest(new TuneLimits(40), 100)).Cost;
        var limits = new TuneLimits(least.Dsp, least.Bram18 / 2.0, Math.Ceiling(least.Lut));
        var fastest = SmallTuner.Value.Tune(new TuneRequest(limits, 100));
        var target = fastest.BoundCycles / 4;
        var problem = Assert.Throws<InfeasibleException>(() => SmallTuner.Value.Tune(new TuneRequest(limits, 100, 100e6 / target)));
        Match said = Regex.Match(problem!.Message, string.Create(CultureInfo.InvariantCulture,
            $@"^--fps: [\d.]+ clips/s at 100 MHz leave {target} cycles for a clip; that takes at least (?<dsp>\d+) DSP, (?<bram>[\d.]+) BRAM36, (?<lut>\d+) LUT, (?<percent>[\d.]+) % more than the limits\. Ask for {Math.Floor(1e9 / fastest.IntervalCycles) / 10:0.#} clips/s \({fastest.IntervalCycles} cycles; within the limits the slowest unit takes at least {fastest.ProvenCycles}\), or raise the limits\.$"));
        Assert.That(said.Success, problem.Message);
        var thousandths = (int)Math.Round(10 * Number(said, "percent"));
        Assert.That(Limits(said), Is.EqualTo(More(limits, thousandths)));
        Assert.That(SmallTuner.Value.Fastest(Limits(said)).IntervalCycles, Is.LessThanOrEqualTo(target));
        Assert.That(SmallTuner.Value.Fastest(More(limits, thousandths - 1)).IntervalCycles, Is.GreaterThan(target));
    }

    [Test]
    public void Tune_TargetOutOfReachOfTheNetwork_SaysWhatCanBeHad() => Assert.That(
        () => SmallTuner.Value.Tune(new TuneRequest(new TuneLimits(), 100, 1e6)),
        Throws.TypeOf<InfeasibleException>().With.Message.Match(
            @"^--fps: 1000000 clips/s at 100 MHz leave 100 cycles for a clip; the network's units need at least \d+ with all lanes that they can have\. Ask for [\d.]+ clips/s \(\d+ cycles; within the limits the slowest unit takes at least \d+\) or prune the network\.$"));

    [Test]
    public void Tune_TargetBetweenSlowestUnitAndInterval_SaysThatItWaits()
    {
        var (limits, fastest) = Enumerable.Range(20, 400).Select(dsp => new TuneLimits(dsp))
            .Select(limits => (limits, Tuned: SmallTuner.Value.Tune(new TuneRequest(limits, 100))))
            .First(found => found.Tuned.IntervalCycles > found.Tuned.BoundCycles);
        Assert.That(
            () => SmallTuner.Value.Tune(new TuneRequest(limits, 100, 100e6 / fastest.BoundCycles)),
            Throws.TypeOf<InfeasibleException>().With.Message.Match(
                $@"^--fps: .* leave {fastest.BoundCycles} cycles for a clip; the units would do, but with waiting for each other it is {fastest.IntervalCycles}\. Ask for [\d.]+ clips/s \({fastest.IntervalCycles} cycles; within the limits the slowest unit takes at least {fastest.ProvenCycles}\), or raise the limits\.$"));
    }

    [Test]
    public void Front_Small_HasNoPointThatAnotherBeats()
    {
        var front = SmallTuner.Value.Front(16);
        Assert.That(front, Has.Count.GreaterThan(16));
        foreach (var point in front)
        {
            Assert.That(front.Where(other => other != point && other.BoundCycles <= point.BoundCycles && Costs.IsAtMost(other.Cost, point.Cost)), Is.Empty, $"{point}");
        }
    }

    private static double Number(Match said, string group) => double.Parse(said.Groups[group].Value, CultureInfo.InvariantCulture);

    private static TuneLimits Limits(Match said)
    {
        double? Known(string group) => said.Groups[group].Success ? Number(said, group) : null;
        return new TuneLimits(Known("dsp"), Known("bram"), Known("lut"));
    }

    // Whole DSP blocks, halves of block RAM and LUTs.
    private static TuneLimits More(TuneLimits limits, int thousandths)
    {
        double? Raise(double? limit) => limit is { } known ? Math.Ceiling(known * (1000 + thousandths) / 1000) : null;
        return new TuneLimits(Raise(limits.Dsp), Raise(2 * limits.Bram36) / 2, Raise(limits.Lut));
    }

    private static TuneLimits Raised(TuneLimits limits, string unit, double value) => unit switch
    {
        "DSP" => limits with { Dsp = value },
        "BRAM36" => limits with { Bram36 = value },
        _ => limits with { Lut = value },
    };

    private static TuneLimits Lowered(TuneLimits limits, string unit) => unit switch
    {
        "DSP" => limits with { Dsp = limits.Dsp - 1 },
        "BRAM36" => limits with { Bram36 = limits.Bram36 - 0.5 },
        _ => limits with { Lut = limits.Lut - 1 },
    };

    // Two joints; of 3 channels with a shortcut convolution, or of 16 without.
    private static (Tuner Tuner, BruteForce All) Tiny(int inputs, int kernel)
    {
        var network = new SmallNetwork
        {
            Joints = 2, Subsets = inputs == 3 ? 2 : 3, Classes = 3, Kernel = kernel, InputChannels = inputs, Blocks = [(16, 1, ResidualKind.None)],
        };
        QuantizedModel model = network.Quantize(Frames, 1, new QuantizerOptions());
        var least = new AcceleratorDesign("tiny", model, new HardwareParameters { Blocks = [new()], PoolWidth = 1 });
        var clip = ClipActivity.Of(model, new IntegerNetwork(model).Run(ClipQuantizer.Quantize(model, network.Clip(Frames, 1, 3))));
        return (Tuner.Measure([least], [clip], Price), new BruteForce(least, clip));
    }
}
