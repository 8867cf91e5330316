using System.Text.RegularExpressions;
using Hypgcn.CoSimulation;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Hardware;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Vivado;

/// <summary>The Vivado scripts, run by tclsh with Vivado's commands replaced by ones that check their arguments.</summary>
[TestFixture]
internal sealed partial class VivadoScriptTests
{
    private TemporaryFolder _folder = null!;

    private string Scripts => Path.Combine(_folder.File("design"), "vivado");

    [SetUp]
    public void Emit()
    {
        _folder = new TemporaryFolder();
        var design = new AcceleratorDesign("tiny", TestDesigns.Model, TestDesigns.OneLane);
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates) { Target = new DesignTarget(200, "xczu7ev-ffvc1156-2-e") }
            .Write(design, _folder.File("design"), "{}\n", "hypgcn generate");
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Build_NonProject_RunsAllStepsInOrder()
    {
        string[] calls = Run("build.tcl");
        Assert.That(Names(calls), Is.EqualTo(new[]
        {
            "read_verilog", "read_mem", "read_xdc", "synth_design", "write_checkpoint", "report_utilization", "opt_design", "place_design",
            "phys_opt_design", "route_design", "write_checkpoint", "report_utilization", "report_timing_summary", "report_power",
            "get_timing_paths", "get_property",
        }));
        Assert.That(calls, Does.Contain("synth_design -top tiny_axi -part xczu7ev-ffvc1156-2-e -mode out_of_context"));
        Assert.That(calls, Does.Contain("read_xdc -mode out_of_context ../tiny.xdc"));
        MustHoldTheDesign("build");
    }

    [Test]
    public void Build_WithAPart_TakesIt() => Assert.That(
        Run("build.tcl", "xc7z020clg400-1"), Does.Contain("synth_design -top tiny_axi -part xc7z020clg400-1 -mode out_of_context"));

    [Test]
    public void Project_Script_AddsDesignConstraintsAndBench()
    {
        string[] calls = Run("project.tcl");
        Assert.That(calls[0], Is.EqualTo("create_project -force tiny project -part xczu7ev-ffvc1156-2-e"));
        Assert.That(calls.Count(call => call.StartsWith("add_files ", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(calls.Single(call => call.Contains("sim_1 -norecurse", StringComparison.Ordinal)),
            Does.Contain("tiny_bench.v").And.Contain("beats.mem").And.Contain("logits.mem").And.Contain("cycles.mem").And.Contain("registers.mem"));
        MustHoldTheDesign("project/sources");
        Assert.That(File.ReadAllText(Path.Combine(Scripts, "project/sources/tiny_bench.v")), Does.Contain("$readmemh(\"beats.mem\""));
    }

    [Test]
    public void PackageIp_Script_InfersAllInterfaces()
    {
        string[] calls = Run("package_ip.tcl");
        Assert.Multiple(() =>
        {
            Assert.That(Names(calls).Last(name => name.StartsWith("ipx::", StringComparison.Ordinal)), Is.EqualTo("ipx::save_core"));
            Assert.That(calls, Has.Some.StartsWith("ipx::package_project -root_dir ip "));
            foreach (string kind in new[] { "axis_rtl", "aximm_rtl" })
            {
                Assert.That(calls, Has.Some.StartsWith($"ipx::infer_bus_interfaces xilinx.com:interface:{kind}:1.0 "));
            }
            foreach (string bus in new[] { "s_axis", "m_axis", "s_axi" })
            {
                Assert.That(calls, Has.Some.StartsWith($"ipx::associate_bus_interfaces -busif {bus} -clock aclk "));
            }
        });
        MustHoldTheDesign("ip/src");
    }

    [Test]
    public void Constraints_OfTheConfiguration_AreTcl()
    {
        string[] calls = Run("tiny.xdc");
        Assert.That(calls[^1], Does.StartWith("create_clock -name aclk -period 5.000 object"));
    }

    [Test]
    public void Texts_All_AreRelativeAndAscii()
    {
        foreach (string file in Directory.GetFiles(Scripts))
        {
            Assert.That(Absolute().Matches(File.ReadAllText(file)).Select(match => match.Value), Is.Empty, file);
        }
        Assert.That(File.ReadAllLines(Path.Combine(Scripts, "README")), Has.Length.EqualTo(5));
    }

    [TestCase("route_design", "route_desing", "invalid command name \"route_desing\"")]
    [TestCase("-mode out_of_context ../", "-mood out_of_context ../", "problem: read_xdc has no option -mood")]
    [TestCase("../$design.xdc", "../design.xdc", "problem: there is no file ../design.xdc")]
    [TestCase("report_power -file power.rpt", "report_power -file reports/power.rpt", "problem: report_power -file: there is no folder for reports/power.rpt")]
    public void StandIn_FaultInAScript_IsFound(string from, string to, string problem)
    {
        string path = Path.Combine(Scripts, "build.tcl");
        string text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        Assert.That(() => Run("build.tcl"), Throws.TypeOf<ToolException>());
        Assert.That(File.ReadAllText(_folder.File("tclsh.log")), Does.Contain(problem));
    }

    /// <summary>Every Verilog file, and of every memory file that they name a copy beside them.</summary>
    private void MustHoldTheDesign(string folder)
    {
        string[] verilog = Directory.GetFiles(Path.Combine(Scripts, folder), "*.v");
        Assert.That(
            verilog.Select(Path.GetFileName).Where(name => name != "tiny_bench.v"),
            Is.EquivalentTo(Directory.GetFiles(Path.Combine(Scripts, "../rtl")).Select(Path.GetFileName)));
        string[] named = [.. verilog.SelectMany(file => Memory().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct()];
        Assert.That(named.Where(name => name.Contains('/', StringComparison.Ordinal)), Is.Empty);
        // Those of a primitive's defaults are names of nothing.
        string[] used = [.. named.Where(name => File.Exists(Path.Combine(Scripts, "../mem", name)))];
        Assert.That(used, Is.EquivalentTo(Directory.GetFiles(Path.Combine(Scripts, "../mem")).Select(Path.GetFileName)));
        Assert.That(used.Where(name => !File.Exists(Path.Combine(Scripts, folder, name))), Is.Empty);
    }

    private static string[] Names(string[] calls) => [.. calls.Select(call => call.Split(' ')[0])];

    private string[] Run(string script, params string[] arguments)
    {
        RequiredTools.Check("tclsh");
        var lines = new List<string>();
        new ToolRunner().RunAsync(
            new ToolCommand
            {
                Name = script,
                Executable = "tclsh",
                Arguments = [Path.Combine(Repository.Root, "tests/Hypgcn.Tests/Vivado/vivado.tcl"), script, .. arguments],
                WorkingDirectory = Scripts,
                TimeLimit = TimeSpan.FromSeconds(60),
                LogPath = _folder.File("tclsh.log"),
                OnLine = lines.Add,
            },
            CancellationToken.None).GetAwaiter().GetResult();
        string[] calls = [.. lines.Where(line => line.StartsWith("call: ", StringComparison.Ordinal)).Select(line => line["call: ".Length..])];
        Assert.That(lines, Does.Contain($"end: {calls.Length} calls"));
        return calls;
    }

    // A path from the root of a file system or a drive.
    [GeneratedRegex(@"(?m)(^|[\s""])(/|[A-Za-z]:[\\/])[\w.-]+[\\/][\w./-]*")]
    private static partial Regex Absolute();

    [GeneratedRegex("\"([^\"\\s]+\\.mem)\"")]
    private static partial Regex Memory();
}
