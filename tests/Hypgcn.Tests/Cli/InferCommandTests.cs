using System.Text.Json;
using Hypgcn.Cli;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

[TestFixture]
public sealed partial class InferCommandTests
{
    [Test]
    public async Task RunAsync_ClipsOfAnotherSkeleton_IsBadInput()
    {
        using var folder = new Models.TemporaryFolder();
        string clips = folder.File("c.npy");
        Hypgcn.Models.NpyFile.Write(clips, new Hypgcn.Models.Tensor("", [1, 3, 2, 20, 1], new float[120]));
        (await CommandRun.Of("infer", "--config", Path.Combine(Architecture.Repository.Root, "examples/demo/accelerator.json"), "--input", clips)).MustBeBadInput(
            $"{clips}: clips of 3 channels and 20 joints; the network takes 3 and 25. Use clips of this network's joints.");
    }

    private static readonly string Demo = Path.Combine(Repository.Root, "examples/demo");

    [Test]
    public async Task RunAsync_NewQuantizeInfer_ClassifiesTheDemo()
    {
        using var folder = new TemporaryFolder();
        var config = folder.File("accelerator.json");
        var logits = folder.File("logits.npy");

        var made = await RunAsync("new", "--network", "2s-agcn", "--checkpoint", At("demo.pt"), "--frames", "32", "--out", config);
        var quantized = await RunAsync("quantize", "--config", config, "--calibrate", At("calibration.npy"));
        var inferred = await RunAsync(
            "infer", "--config", config, "--input", At("clips.npy"), "--labels", At("labels.npy"), "--logits", logits, "--json");

        Assert.That((made.ExitCode, quantized.ExitCode, inferred.ExitCode), Is.EqualTo((0, 0, 0)), made.Error + quantized.Error + inferred.Error);
        using var json = JsonDocument.Parse(inferred.Output);
        var expected = TensorFile.Read(At("logits.npy"))[""].ToDoubles();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.RootElement.GetProperty("clips").GetInt32(), Is.EqualTo(24));
            Assert.That(json.RootElement.GetProperty("top1").GetDouble(), Is.EqualTo(1));
            Assert.That(json.RootElement.GetProperty("dropped_words").GetInt64(), Is.Zero);
            Assert.That(ConfigurationFile.Read(config).Sparsity!.Clips, Is.EqualTo(24));
            Assert.That(json.RootElement.GetProperty("seconds").GetDouble(), Is.GreaterThan(0));
            Assert.That(ConfigurationFile.Read(config).Persons, Is.EqualTo(1));
            Assert.That(ConfigurationFile.Read(config).Formats.Formats!.FeatureBits, Is.EqualTo(16));
            Assert.That(TensorFile.Read(logits)[""].ToDoubles(), Is.EqualTo(expected).Within(0.05));
        }
    }

    [Test]
    public async Task RunAsync_SmallFifos_CountsTheDrops()
    {
        using var folder = new TemporaryFolder();
        var config = folder.File("accelerator.json");
        ConfigurationFile.Write(config, ConfigurationFile.Read(At("accelerator.json")) with
        {
            Checkpoint = At("demo.pt"),
            Hardware = new HardwareConfiguration { Blocks = [new BlockHardware { MiddleFifoWords = [26, 26, 20, 4] }] },
        });

        var json = await RunAsync("infer", "--config", config, "--input", At("clips.npy"), "--json");
        var text = await RunAsync("infer", "--config", config, "--input", At("clips.npy"));

        Assert.That((json.ExitCode, text.ExitCode), Is.EqualTo((0, 0)), json.Error + text.Error);
        using var document = JsonDocument.Parse(json.Output);
        var dropped = document.RootElement.GetProperty("dropped_words").GetInt64();
        Assert.That(dropped, Is.Positive);
        Assert.That(text.Output, Does.Contain($"WARNING: {dropped:N0} words dropped; RFC FIFOs are too shallow for these clips (hardware.rfc)."));
    }

    [Test]
    public async Task RunAsync_QuantizeEightBitBlocks_ReportsNoiseAndIsReproduced()
    {
        using var folder = new TemporaryFolder();
        var config = folder.File("accelerator.json");
        ConfigurationFile.Write(config, new AcceleratorConfiguration { Checkpoint = At("demo.pt"), Frames = 32, BlockFeatureBits = [8] });

        var quantized = await RunAsync("quantize", "--config", config, "--calibrate", At("calibration.npy"), "--json");
        var inferred = await RunAsync("infer", "--config", config, "--input", At("clips.npy"), "--labels", At("labels.npy"), "--json");

        Assert.That((quantized.ExitCode, inferred.ExitCode), Is.EqualTo((0, 0)), quantized.Error + inferred.Error);
        using var json = JsonDocument.Parse(quantized.Output);
        using var result = JsonDocument.Parse(inferred.Output);
        var noise = json.RootElement.GetProperty("snr_db");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(noise.GetProperty("block1.z").GetDouble(), Is.InRange(15, 60));
            Assert.That(noise.GetProperty("logits").GetDouble(), Is.InRange(15, 60));
            Assert.That(result.RootElement.GetProperty("top1").GetDouble(), Is.GreaterThan(0.95));
        }
    }

    [Test]
    public async Task RunAsync_FloatArithmetic_AgreesWithPyTorch()
    {
        using var folder = new TemporaryFolder();
        var (config, logits) = (folder.File("accelerator.json"), folder.File("logits.npy"));
        ConfigurationFile.Write(config, new AcceleratorConfiguration { Checkpoint = At("demo.pt") });

        var result = await RunAsync("infer", "--config", config, "--input", At("clips.npy"), "--arithmetic", "float", "--logits", logits);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(TensorFile.Read(logits)[""].ToDoubles(), Is.EqualTo(TensorFile.Read(At("logits.npy"))[""].ToDoubles()).Within(1e-9));
    }

    [Test]
    public async Task RunAsync_LabelsOfOtherClips_IsBadInput()
    {
        using var folder = new TemporaryFolder();
        var config = folder.File("accelerator.json");
        ConfigurationFile.Write(config, new AcceleratorConfiguration { Checkpoint = At("demo.pt"), Skip = 2 });
        var labels = folder.File("labels.npy");
        NpyFile.Write(labels, new Tensor("", [3], new long[] { 0, 1, 2 }));

        var result = await RunAsync("infer", "--config", config, "--input", At("clips.npy"), "--labels", labels);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error.Trim(), Is.EqualTo(
            $"hypgcn: {labels}: 3 labels; {At("clips.npy")} has 24 clips, and there must be one label each. Give the labels of these clips."));
    }

    [Test]
    public async Task RunAsync_ConfigMissing_IsBadInput()
    {
        var result = await RunAsync("infer", "--config", "nowhere.json", "--input", At("clips.npy"));

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Error, Is.EqualTo("hypgcn: nowhere.json: the file does not exist; it must be there to be read. Check the path." + Environment.NewLine));
    }

    private static string At(string file) => Path.Combine(Demo, file);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await HypgcnApplication.RunAsync(arguments, output, error, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
