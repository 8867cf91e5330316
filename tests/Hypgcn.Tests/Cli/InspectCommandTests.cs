using System.Text.Json;
using Hypgcn.Cli;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

public sealed class InspectCommandTests
{
    private static readonly string Demo = Path.Combine(Repository.Root, "examples/demo/demo.pt");

    [Test]
    public async Task RunAsync_Demo_ShowsTheNetwork()
    {
        (int exitCode, string output, string error) = await RunAsync("inspect", Demo, "--frames", "32");

        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.StartWith("3 blocks, 25 joints, 3 graphs, 3 channels, 6 classes, data_bn for 1 person(s)\none clip: 32 frames, 1 person(s)\n"));
    }

    [Test]
    public async Task RunAsync_DemoAsJson_HasTheKeysScriptsRelyOn()
    {
        (int exitCode, string output, _) = await RunAsync("inspect", Demo, "--json", "--persons", "2", "--strides", "1,1,1");

        using JsonDocument json = JsonDocument.Parse(output);
        Assert.That(exitCode, Is.Zero);
        Assert.That(json.RootElement.EnumerateObject().Select(p => p.Name), Is.SupersetOf(new[] { "parameters", "macs_per_clip", "blocks", "dropped", "missing" }));
        Assert.That(json.RootElement.GetProperty("blocks")[2].GetProperty("stride").GetInt32(), Is.EqualTo(1));
        Assert.That(json.RootElement.GetProperty("persons").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_TensorMissing_ListsItAndFails()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("net.npz");
        NpzFile.Write(path, TensorFile.Read(Demo).Values.Where(t => t.Name != "fc.bias"));

        (int exitCode, string output, string error) = await RunAsync("inspect", path, "--json");

        using JsonDocument json = JsonDocument.Parse(output);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(json.RootElement.GetProperty("missing")[0].GetString(), Is.EqualTo("fc.bias is missing, shape [6] is needed"));
        Assert.That(error.TrimEnd(), Is.EqualTo(
            $"hypgcn: {path}: fc.bias is missing, shape [6] is needed. Check that this is a complete 2s-AGCN checkpoint, and that graph and strides are its own."));
    }

    [TestCase("--frames", "0", "--frames: 0 is out of range; it lies in 1..100000. Give a number in that range.")]
    [TestCase("--persons", "17", "--persons: 17 is out of range; it lies in 1..16. Give a number in that range.")]
    [TestCase("--strides", "1,x", "--strides: '1,x' has the part 'x'; strides are whole numbers separated by commas. Write them as 1,1,2.")]
    public async Task RunAsync_BadOption_SaysTheRule(string option, string value, string message)
    {
        (int exitCode, string output, string error) = await RunAsync("inspect", Demo, option, value);

        Assert.That((exitCode, output, error.TrimEnd()), Is.EqualTo((2, "", $"hypgcn: {message}")));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await HypgcnApplication.RunAsync(arguments, output, error, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
