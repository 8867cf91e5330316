using Hypgcn.Models;
using Hypgcn.Reference;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Reference;

[TestFixture]
public sealed class FloatNetworkTests
{
    [Test]
    public void Logits_Demo_AgreeWithPyTorch()
    {
        var folder = Path.Combine(Repository.Root, "examples", "demo");
        AssertAgree(Path.Combine(folder, "demo.pt"), Path.Combine(folder, "clips.npy"), Path.Combine(folder, "logits.npy"), int.MaxValue);
    }

    [TestCase("dense")]
    [TestCase("pruned")]
    [Category("SharedData")]
    public void Logits_FirstNwUclaClips_AgreeWithPyTorch(string name) => AssertAgreeOnNwUcla(name, 8);

    [TestCase("dense")]
    [TestCase("pruned")]
    [Category("SharedData")]
    [Category("Slow")]
    public void Logits_AllNwUclaClips_AgreeWithPyTorch(string name) => AssertAgreeOnNwUcla(name, int.MaxValue);

    [Test]
    public void Logits_MorePersonsThanDataNorm_UseItsLastPerson()
    {
        var small = new SmallNetwork { DataNormPersons = 2 };
        var model = small.Build();
        var clip = small.Clip(6, 3, 5);
        var perPerson = model.Joints * model.InputChannels;
        double[] Extend(double[] values) => [.. values, .. values[^perPerson..]];
        var norm = model.DataNorm;
        var extended = model with
        {
            DataNormPersons = 3,
            DataNorm = new BatchNorm(Extend(norm.Gamma), Extend(norm.Beta), Extend(norm.Mean), Extend(norm.Variance)),
        };

        Assert.That(
            new FloatNetwork(model).Logits(clip, 6, 3),
            Is.EqualTo(new FloatNetwork(extended).Logits(clip, 6, 3)));
    }

    [Test]
    public void Logits_WrongLength_Throws() => Assert.That(
        () => new FloatNetwork(new SmallNetwork().Build()).Logits(new float[5], 2, 1), Throws.ArgumentException);

    private static void AssertAgreeOnNwUcla(string name, int count) => AssertAgree(
        SharedData.Path($"data/agcn_nwucla_{name}.pt"), SharedData.Path("data/nwucla_test_clips.npy"),
        SharedData.Path($"data/nwucla_test_logits_{name}.npy"), count);

    private static void AssertAgree(string checkpoint, string clipFile, string logitFile, int count)
    {
        var model = CheckpointReader.Read(checkpoint, new CheckpointOptions());
        var clips = ClipFile.Read(clipFile).Take(count);
        var expected = TensorFile.Read(logitFile)[""].ToDoubles();
        var network = new FloatNetwork(model);
        var actual = new double[clips.Count][];

        Parallel.For(0, clips.Count, n => actual[n] = network.Logits(clips.Clip(n), clips.Frames, clips.Persons));

        var tolerance = 1e-4 * expected.Max(Math.Abs);
        var difference = actual.SelectMany(logits => logits).Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine($"{clips.Count} clips: largest difference {difference:E1}, allowed {tolerance:E1}");
        Assert.That(difference, Is.LessThanOrEqualTo(tolerance));
    }
}
