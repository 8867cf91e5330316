using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

[TestFixture]
public sealed class IntegerNetworkTests
{
    private static IEnumerable<TestCaseData> Networks()
    {
        yield return new TestCaseData(new SmallNetwork(), 12, 1, 16).SetArgDisplayNames("plain");
        yield return new TestCaseData(new SmallNetwork { Joints = 25, Seed = 2 }, 9, 2, 16).SetArgDisplayNames("25 joints, 2 persons");
        yield return new TestCaseData(new SmallNetwork { Subsets = 1, Kernel = 1, Joints = 7 }, 8, 1, 8).SetArgDisplayNames("K 1, kernel 1, 8 bit");
        yield return new TestCaseData(new SmallNetwork { Subsets = 2, Kernel = 3, Joints = 18 }, 5, 3, 16).SetArgDisplayNames("K 2, kernel 3");
        yield return new TestCaseData(new SmallNetwork { Gain = 8, Seed = 5 }, 10, 1, 8).SetArgDisplayNames("saturating, 8 bit");
        yield return new TestCaseData(new SmallNetwork { Gain = 8, Seed = 6 }, 10, 1, 16).SetArgDisplayNames("saturating");
        yield return new TestCaseData(new SmallNetwork { Kernel = 5, InputChannels = 2, Blocks = Wide() }, 7, 1, 16).SetArgDisplayNames("wide, odd sizes");
        yield return new TestCaseData(new SmallNetwork { Kernel = 7, Joints = 20, Blocks = Wide() }, 6, 1, 8).SetArgDisplayNames("wide, 8 bit");
    }

    private static (int, int, ResidualKind)[] Wide() =>
    [
        (64, 1, ResidualKind.None), (64, 1, ResidualKind.Identity), (65, 2, ResidualKind.Convolution),
        (33, 3, ResidualKind.None), (33, 1, ResidualKind.Convolution), (128, 1, ResidualKind.Identity),
    ];

    [Test]
    public void New_TwoLeastGraphWeightsSideBySide_SaysWhatToDo()
    {
        var model = new SmallNetwork().Quantize(8, 1, new QuantizerOptions());
        model.Blocks[0].Graph.AsSpan().Fill(-32768);
        Assert.That(() => new IntegerNetwork(model), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "graph: joints 0 and 1 both have weight -32768 for one joint; a sum of two products must fit 32 bits. Use a format with one fraction bit less for the graph."));
    }

    [Test]
    public void QuantizeClip_NotANumber_SaysWhere() => Assert.That(
        () => ClipQuantizer.Quantize([0, float.NaN], 2, 1, 1, 1, 8, 16), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            "clip: value 1 is NaN; every value must be a number. Repair or drop the clip."));

    [TestCaseSource(nameof(Networks))]
    public void Run_RandomNetwork_EqualsScalarModel(object network, int frames, int persons, int bits)
    {
        var small = (SmallNetwork)network;
        var model = small.Quantize(frames, persons, new QuantizerOptions { FeatureBits = bits });
        var input = Input(model, small.Clip(frames, persons, 77));

        var actual = new IntegerNetwork(model).Run(input);

        AssertEqual(actual, new ScalarIntegerNetwork(model).Run(input));
    }

    [Test]
    public void Run_MixedWidths_EqualsScalarModel([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var small = new SmallNetwork { Seed = seed, Joints = random.Next(3, 12), Gain = 1 + 3 * (seed % 2), Blocks = Wide() };
        int[] widths = [.. Enumerable.Range(0, small.Blocks.Count).Select(_ => random.Next(2) == 0 ? 8 : random.Next(4, 17))];
        var options = new QuantizerOptions { FeatureBits = random.Next(6, 17), BlockFeatureBits = widths };
        var model = small.Quantize(6, 2, options);
        var input = Input(model, small.Clip(6, 2, 77));

        var actual = new IntegerNetwork(model).Run(input);

        TestContext.Out.WriteLine($"{options.FeatureBits} bits, blocks {string.Join(' ', widths)}");
        AssertEqual(actual, new ScalarIntegerNetwork(model).Run(input));
        Assert.That(model.Blocks.Select(block => block.FeatureBits), Is.EqualTo(widths));
    }

    [TestCaseSource(nameof(Networks))]
    public void Logits_RandomNetwork_EqualTrace(object network, int frames, int persons, int bits)
    {
        var small = (SmallNetwork)network;
        var model = small.Quantize(frames, persons, new QuantizerOptions { FeatureBits = bits });
        var integer = new IntegerNetwork(model);
        var input = Input(model, small.Clip(frames, persons, 78));

        Assert.That(integer.Logits(input), Is.EqualTo(integer.Run(input).Logits));
    }

    [TestCaseSource(nameof(Networks))]
    public void Sequence_SmallFifos_DropsWhatTheScalarModelDrops(object network, int frames, int persons, int bits)
    {
        var small = (SmallNetwork)network;
        var model = small.Quantize(frames, persons, new QuantizerOptions { FeatureBits = bits });
        short[][] clips = [.. Enumerable.Range(80, 4).Select(seed => Input(model, small.Clip(frames, persons, seed)))];
        // Some FIFOs drop a little, some a lot, some nothing: no clip, or the first only, may have it all.
        BlockRfcRules[] rules = [.. model.Blocks.Select((block, b) => new BlockRfcRules(
            b % 3 == 2 ? null : Rule(model, block.InputChannels, 2 + b, 0.5),
            b % 2 == 1 ? null : Rule(model, block.OutputChannels, 3, 0.6),
            block.Residual == ResidualKind.None ? null : Rule(model, block.InputChannels, 4, 0.4)))];

        var actual = new ClipSequence(new IntegerNetwork(model), rules).Run(clips);
        var scores = new ClipSequence(new IntegerNetwork(model), rules).Score(clips);

        var scalar = new ScalarIntegerNetwork(model, rules);
        for (var n = 0; n < clips.Length; n++)
        {
            var expected = scalar.Run(clips[n]);
            AssertEqual(actual[n], expected);
            Assert.That(actual[n].DroppedWords, Is.EqualTo(expected.DroppedWords));
            Assert.That((scores[n].Logits, scores[n].DroppedWords), Is.EqualTo((expected.Logits, expected.DroppedWords.Sum())));
            Assert.That(expected.DroppedWords.Sum(), Is.Positive, "without drops the test shows nothing");
        }
    }

    [Test]
    public void Sequence_DropsOfSomeClips_EqualThoseOfClipsInOrder()
    {
        var small = new SmallNetwork();
        var model = small.Quantize(12, 1, new QuantizerOptions());
        short[][] clips = [.. Enumerable.Range(0, 9).Select(n => Input(model, small.Clip(12, 1, n)))];
        // The largest depth of one mini-bank at which anything is dropped: of a clip or two only.
        BlockRfcRules[] rules = [];
        ClipTrace[] expected = [];
        for (var depth = 20; expected.All(clip => clip.DroppedWords.Sum() == 0); depth--)
        {
            var none = new BlockRfcRules(null, null, null);
            rules = [none, none with { Middle = new RfcRule(5, [RfcRule.Unlimited, depth, RfcRule.Unlimited, RfcRule.Unlimited]) }, none];
            var scalar = new ScalarIntegerNetwork(model, rules);
            expected = [.. clips.Select(scalar.Run)];
        }

        var actual = new ClipSequence(new IntegerNetwork(model), rules).Run(clips);

        for (var n = 0; n < clips.Length; n++)
        {
            AssertEqual(actual[n], expected[n]);
        }
        long[] dropped = [.. expected.Select(clip => clip.DroppedWords.Sum())];
        Assert.That(actual.Select(clip => clip.DroppedWords.Sum()), Is.EqualTo(dropped));
        Assert.That(dropped, Has.Some.Zero.And.Some.Positive);
    }

    [Test]
    public void Sequence_RulesOfAnotherNetwork_Throw()
    {
        var network = new IntegerNetwork(new SmallNetwork().Quantize(4, 1, new QuantizerOptions()));

        Assert.That(() => new ClipSequence(network, [new BlockRfcRules(null, null, null)]), Throws.ArgumentException);
    }

    [Test]
    public void Logits_SixteenBits_AreCloseToFloat()
    {
        var small = new SmallNetwork { Joints = 11 };
        var graph = small.Build();
        var model = small.Quantize(20, 2, new QuantizerOptions());
        var clip = small.Clip(20, 2, 99);

        var logits = new IntegerNetwork(model).Logits(Input(model, clip));

        var expected = new FloatNetwork(graph).Logits(clip, 20, 2);
        var actual = logits.Select(logit => Math.ScaleB(logit, -model.Classifier.FractionBits)).ToArray();
        Assert.That(actual, Is.EqualTo(expected).Within(2e-3));
    }

    [Test]
    public void Run_WrongLength_Throws()
    {
        var model = new SmallNetwork().Quantize(4, 1, new QuantizerOptions());

        Assert.That(() => new IntegerNetwork(model).Run(new short[7]), Throws.ArgumentException);
    }

    [Test]
    public void Constructor_ArraysThatDoNotFit_Throws()
    {
        var model = new SmallNetwork().Quantize(4, 1, new QuantizerOptions());
        (QuantizedBlock Block, string What)[] bad =
        [
            (model.Blocks[1] with { SpatialBias = new long[1] }, "biases other than 8"),
            (model.Blocks[1] with { InputChannels = 40 }, "40 input channels after 8"),
            (model.Blocks[1] with { OutputBits = 8 }, "8 output bits where 16 are read"),
            (model.Blocks[1] with { Kernel = 8 }, "a kernel of 8, not odd"),
            (model.Blocks[1] with { Stride = 2 }, "an identity residual of another shape"),
            (model.Blocks[1] with { Graph = [1] }, "1 graph weights"),
            (model.Blocks[1] with { Residual = ResidualKind.Convolution }, "a residual weight that its kind denies"),
            (model.Blocks[1] with { ResidualWeight = new int[64] }, "a residual weight that its kind denies"),
        ];

        Assert.Multiple(() =>
        {
            foreach (var (block, what) in bad)
            {
                var wrong = model with { Blocks = [model.Blocks[0], block, model.Blocks[2]] };
                Assert.That(() => new IntegerNetwork(wrong), Throws.ArgumentException.With.Message.EqualTo(
                    $"blocks[1]: {what}; the arrays of a model must fit its sizes. (Parameter 'where')"));
            }
        });
    }

    /// <summary>Room for a share of what a window without zeros needs; less in later mini-banks.</summary>
    private static RfcRule Rule(QuantizedModel model, int channels, int window, double share)
    {
        var most = window * model.Joints * ((channels + 15) / 16);
        return new RfcRule(window, [.. Enumerable.Range(0, 4).Select(j => Math.Max(1, (int)(most * share / (j + 1))))]);
    }

    private static short[] Input(QuantizedModel model, float[] clip) => ClipQuantizer.Quantize(
        clip, model.InputChannels, model.Frames, model.Joints, model.Persons, model.Input.ClipFractionBits, model.FeatureBits);

    private static void AssertEqual(ClipTrace actual, ClipTrace expected)
    {
        using (Assert.EnterMultipleScope())
        {
            for (var b = 0; b < expected.Features.Count; b++)
            {
                Assert.That(actual.Features[b].AsSpan().SequenceEqual(expected.Features[b]), $"features {b}");
            }
            for (var b = 0; b < expected.Middle.Count; b++)
            {
                Assert.That(actual.Middle[b].AsSpan().SequenceEqual(expected.Middle[b]), $"middle {b}");
            }
            Assert.That(actual.Logits, Is.EqualTo(expected.Logits));
        }
    }
}
