using Hypgcn.Configuration;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Emission;

/// <summary>The generated test bench in Icarus, a second simulator.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class BenchTests
{
    [Test]
    [Category("Slow")]
    public void Run_CommittedDemo_Passes()
    {
        string line = Simulate(Path.Combine(Repository.Root, "rtl-out/demo"), "demo");
        Assert.That(line, Does.Match("^PASS demo: 3 of 3 packets in, 18 of 18 logits out, 0 wrong; 0 of 12 cycles wrong, last logit in cycle [0-9]+; 0 of 13 registers wrong$"));
    }

    /// <summary>The committed design with its first packet alone.</summary>
    [Test]
    public void Run_Demo_Passes()
    {
        using var folder = new TemporaryFolder();
        AcceleratorDesign design = DesignProject.FromConfiguration(Path.Combine(Repository.Root, "examples/demo/accelerator.json")).Design;
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates) { BenchPackets = 1 }.Write(design, folder.File("design"), "{}\n", "hypgcn generate");
        Assert.That(
            Simulate(folder.File("design"), "demo"),
            Does.Match("^PASS demo: 1 of 1 packets in, 6 of 6 logits out, 0 wrong; 0 of 4 cycles wrong, last logit in cycle [0-9]+; 0 of 13 registers wrong$"));
    }

    [TestCase(1)]
    [TestCase(4)]
    public void Run_SmallDesign_Passes(int beatValues)
    {
        using var folder = new TemporaryFolder();
        Assert.That(Simulate(Write(folder, beatValues), "tiny"), Does.StartWith("PASS tiny: "));
    }

    [TestCase("sim/vectors/logits.mem", "wrong; 0 of 12 cycles wrong")]
    [TestCase("sim/vectors/cycles.mem", "0 wrong; ")]
    [TestCase("sim/vectors/registers.mem", "0 wrong; 0 of 12 cycles wrong")]
    [TestCase("mem/classifier_bias.mem", " wrong; 0 of 12 cycles wrong")]
    public void Run_AnyFileChanged_Fails(string name, string text)
    {
        using var folder = new TemporaryFolder();
        string design = Write(folder, 1);
        string path = Path.Combine(design, name);
        string[] words = File.ReadAllLines(path);
        words[^1] = words[^1][..^1] + (words[^1][^1] == '0' ? '1' : '0');
        File.WriteAllLines(path, words);
        Assert.That(Simulate(design, "tiny"), Does.StartWith("FAIL tiny: ").And.Contain(text));
    }

    [TestCase("mem/block1_array.mem")]
    [TestCase("sim/vectors/logits.mem")]
    public void Run_FileMissing_Fails(string name)
    {
        using var folder = new TemporaryFolder();
        string design = Write(folder, 1);
        File.Delete(Path.Combine(design, name));
        Assert.That(Simulate(design, "tiny"), Does.StartWith("FAIL tiny: "));
    }

    private static string Write(TemporaryFolder folder, int beatValues)
    {
        // Small enough for an event-driven simulator.
        var network = new SmallNetwork { Joints = 4, Kernel = 3, Blocks = [(3, 1, ResidualKind.None)] };
        var parameters = new HardwareParameters { Blocks = [new()], BeatValues = beatValues };
        var design = new AcceleratorDesign("tiny", network.Quantize(4, 1, new QuantizerOptions()), parameters);
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(design, folder.File("design"), "{}\n", "hypgcn generate");
        return folder.File("design");
    }

    /// <summary>The line that begins with PASS or FAIL.</summary>
    private static string Simulate(string design, string name)
    {
        RequiredTools.Check("iverilog", "vvp");
        using var folder = new TemporaryFolder();
        Assert.That(Execute(folder, design, "iverilog", "-g2005", "-Wall", "-Wno-timescale", "-Wno-sensitivity-entire-array", "-s", $"{name}_bench", "-o", folder.File("bench.vvp"), "-c", "filelist_bench.f"), Is.Empty);
        return Execute(folder, design, "vvp", "-n", folder.File("bench.vvp"))
            .Single(line => line.StartsWith("PASS ", StringComparison.Ordinal) || line.StartsWith("FAIL ", StringComparison.Ordinal));
    }

    private static List<string> Execute(TemporaryFolder folder, string design, string tool, params string[] arguments)
    {
        var lines = new List<string>();
        new ToolRunner().RunAsync(
            new ToolCommand
            {
                Name = tool,
                Executable = tool,
                Arguments = arguments,
                WorkingDirectory = design,
                TimeLimit = TimeSpan.FromMinutes(30),
                LogPath = folder.File($"{tool}.log"),
                OnLine = lines.Add,
            },
            CancellationToken.None).GetAwaiter().GetResult();
        return lines;
    }
}
