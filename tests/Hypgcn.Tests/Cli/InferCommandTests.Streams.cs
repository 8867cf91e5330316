using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Reference;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

/// <summary>Two streams: joints and bones of the same clips.</summary>
public sealed partial class InferCommandTests
{
    [TestCase("fixed")]
    [TestCase("float")]
    public async Task RunAsync_SecondStream_AddsTheLogits(string arithmetic)
    {
        using var folder = new TemporaryFolder();
        var bone = BoneConfiguration(folder);
        string[] common = ["--input", At("clips.npy"), "--labels", At("labels.npy"), "--arithmetic", arithmetic, "--json"];

        var joints = await CommandRun.Of(["infer", "--config", At("accelerator.json"), "--logits", folder.File("joint.npy"), .. common]);
        var bones = await CommandRun.Of(["infer", "--config", bone, "--logits", folder.File("bone.npy"), .. common]);
        var both = await CommandRun.Of(
            ["infer", "--config", At("accelerator.json"), "--second", bone, "--logits", folder.File("sum.npy"), .. common]);

        Assert.That((joints.ExitCode, bones.ExitCode, both.ExitCode), Is.EqualTo((0, 0, 0)), both.Error);
        double[] sum = [.. Logits("joint.npy").Zip(Logits("bone.npy"), (a, b) => a + b)];
        double[][] clips = [.. sum.Chunk(sum.Length / 24)];
        var second = both.Json().GetProperty("second");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Logits("sum.npy"), Is.EqualTo(sum));
            Assert.That(Logits("bone.npy"), Is.Not.EqualTo(Logits("joint.npy")));
            Assert.That(both.Json().GetProperty("top1").GetDouble(), Is.EqualTo(joints.Json().GetProperty("top1").GetDouble()));
            Assert.That(second.GetProperty("config").GetString(), Is.EqualTo(bone));
            Assert.That(second.GetProperty("top1").GetDouble(), Is.EqualTo(bones.Json().GetProperty("top1").GetDouble()));
            Assert.That(second.GetProperty("dropped_words").ToString(), Is.EqualTo(bones.Json().GetProperty("dropped_words").ToString()));
            Assert.That(both.Json().GetProperty("top1_sum").GetDouble(), Is.EqualTo(Accuracy.Top1(clips, LabelFile.Read(At("labels.npy")))));
            Assert.That(
                both.Json().GetProperty("classes_sum").EnumerateArray().Select(n => n.GetInt32()),
                Is.EqualTo(clips.Select(clip => Accuracy.Best<double>(clip))));
        }

        double[] Logits(string name) => TensorFile.Read(folder.File(name))[""].ToDoubles();
    }

    [Test]
    public async Task RunAsync_SecondStreamAsText_SaysTop1OfBothAndOfTheSum()
    {
        using var folder = new TemporaryFolder();
        var bone = BoneConfiguration(folder);

        var run = await CommandRun.Of(
            "infer", "--config", At("accelerator.json"), "--second", bone, "--input", At("clips.npy"), "--labels", At("labels.npy"));

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain($"\n{At("accelerator.json")}: top-1 100.00 %").And.Contain($"\n{bone}: top-1 ").And.Contain(" s, top-1 of the sum "));
    }

    [Test]
    public async Task RunAsync_BoneStream_SeesTheBones()
    {
        using var folder = new TemporaryFolder();
        var bone = BoneConfiguration(folder);
        var set = BoneClips.Of(ClipFile.Read(At("clips.npy")), SkeletonGraph.Ntu25);
        NpyFile.Write(folder.File("bones.npy"), new Tensor("", [set.Count, set.Channels, set.Frames, set.Joints, set.Persons], set.Data));

        var derived = await CommandRun.Of("infer", "--config", bone, "--input", At("clips.npy"), "--logits", folder.File("derived.npy"));
        var given = await CommandRun.Of("infer", "--config", At("accelerator.json"), "--input", folder.File("bones.npy"), "--logits", folder.File("given.npy"));

        Assert.That((derived.ExitCode, given.ExitCode), Is.EqualTo((0, 0)), derived.Error + given.Error);
        Assert.That(File.ReadAllBytes(folder.File("derived.npy")), Is.EqualTo(File.ReadAllBytes(folder.File("given.npy"))));
    }

    [Test]
    public async Task RunAsync_QuantizedForBones_ChoosesFormatsOfBones()
    {
        using var folder = new TemporaryFolder();
        var config = folder.File("accelerator.json");

        var made = await CommandRun.Of(
            "new", "--network", "2s-agcn", "--checkpoint", At("demo.pt"), "--frames", "32", "--stream", "bone", "--out", config);
        var quantized = await CommandRun.Of("quantize", "--config", config, "--calibrate", At("calibration.npy"));

        Assert.That((made.ExitCode, quantized.ExitCode), Is.EqualTo((0, 0)), made.Error + quantized.Error);
        var joints = ConfigurationFile.Read(At("accelerator.json")).Formats.Formats!;
        var written = ConfigurationFile.Read(config);
        Assert.That(written.Stream, Is.EqualTo("bone"));
        // Bones are shorter than the way from the middle of the body to a hand.
        Assert.That(written.Formats.Formats!.Clip, Is.GreaterThan(joints.Clip));
    }

    [Test]
    public async Task RunAsync_SecondStreamOfOtherClips_IsBadInput()
    {
        using var folder = new TemporaryFolder();
        var other = folder.File("other.json");
        ConfigurationFile.Write(other, ConfigurationFile.Read(At("accelerator.json")) with { Checkpoint = At("demo.pt"), Frames = 16, Persons = 2 });

        var run = await CommandRun.Of("infer", "--config", At("accelerator.json"), "--second", other, "--input", At("clips.npy"));

        run.MustBeBadInput(
            $"{other}: 6 classes and clips [C,T,V,M] = [3, 16, 25, 2] after input skipping 1; both streams see the same clips and name the same classes, "
            + $"and {At("accelerator.json")} has 6 classes and clips [C,T,V,M] = [3, 32, 25, 1] after input skipping 1. Give two that agree in these.");
    }

    private static string BoneConfiguration(TemporaryFolder folder)
    {
        var path = folder.File("bone.json");
        ConfigurationFile.Write(path, ConfigurationFile.Read(At("accelerator.json")) with { Checkpoint = At("demo.pt"), Stream = "bone" });
        return path;
    }
}
