using Hypgcn.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.CoSimulation;

[TestFixture]
[Platform(Exclude = "Win", Reason = "the fake tool is a shell script")]
internal sealed class VerilatorToolchainTests
{
    [Test]
    public async Task Build_ToolMissing_SaysHowToGetIt()
    {
        using var stub = new StubDesign();
        using var fake = new FakeVerilator("");
        ToolException problem = (await Assert.ThrowsAsync<ToolException>(
            () => Build(fake, stub, toolchain => toolchain with { Verilator = "verilator-that-is-not-there" })))!;
        Assert.That(problem.Message, Is.EqualTo(
            "verilator-that-is-not-there: the program is not found; it must be in PATH. Check the path or install the program."));
    }

    [Test]
    public async Task Build_ToolFails_KeepsTheLogAndNoEntry()
    {
        using var stub = new StubDesign();
        using var fake = new FakeVerilator("echo '%Error: no good' >&2; exit 5");
        ToolException problem = (await Assert.ThrowsAsync<ToolException>(() => Build(fake, stub)))!;
        string log = await File.ReadAllTextAsync(problem.LogPath!);
        Assert.Multiple(() =>
        {
            Assert.That(problem.ExitCode, Is.EqualTo(5));
            Assert.That(problem.Message, Is.EqualTo(
                $"Verilator: {fake.Executable} ended with exit code 5; 0 is success; it said `%Error: no good`. Read the log {problem.LogPath}."));
            Assert.That(log, Does.Contain("%Error: no good"));
        });
        Assert.That(await Assert.ThrowsAsync<ToolException>(() => Build(fake, stub)), Is.Not.Null);
        Assert.That(fake.Calls, Is.EqualTo(2));
    }

    [Test]
    public async Task Build_ToolHangs_IsKilled()
    {
        using var stub = new StubDesign();
        using var fake = new FakeVerilator("sleep 600");
        ToolException problem = (await Assert.ThrowsAsync<ToolException>(
            () => Build(fake, stub, toolchain => toolchain with { TimeLimit = TimeSpan.FromSeconds(0.5) })))!;
        Assert.That(problem.Message, Is.EqualTo(
            $"Verilator: {fake.Executable} still ran after 0.5 s, its time limit, and was killed. Read the log {problem.LogPath}."));
    }

    [Test]
    public async Task Build_Cancelled_Stops()
    {
        using var stub = new StubDesign();
        using var fake = new FakeVerilator("sleep 600");
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Assert.ThatAsync(() => Toolchain(fake).BuildAsync(stub.Design, TraceFormat.None, source.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Build_SameTexts_ComesFromTheCache()
    {
        RequiredTools.Check("make");
        using var stub = new StubDesign();
        using var fake = new FakeVerilator(FakeVerilator.Succeeds);
        SimulationBuild first = await Build(fake, stub);
        stub.Write("mem/offset.mem", "0007\n");
        SimulationBuild second = await Build(fake, stub);
        Assert.Multiple(() =>
        {
            Assert.That(first.IsCached, Is.False);
            Assert.That(second.IsCached, Is.True);
            Assert.That(second.Executable, Is.EqualTo(first.Executable));
            Assert.That(fake.Calls, Is.EqualTo(1));
        });
    }

    [TestCase("sim/stub_sim.v")]
    [TestCase("cosim/ports.h")]
    public async Task Build_ChangedText_IsBuiltAgain(string path)
    {
        RequiredTools.Check("make");
        using var stub = new StubDesign();
        using var fake = new FakeVerilator(FakeVerilator.Succeeds);
        SimulationBuild first = await Build(fake, stub);
        stub.Write(path, await File.ReadAllTextAsync(Path.Combine(stub.Folder, path)) + "// changed\n");
        SimulationBuild second = await Build(fake, stub);
        SimulationBuild traced = await Toolchain(fake).BuildAsync(stub.Design, TraceFormat.Vcd, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(second.Executable, Is.Not.EqualTo(first.Executable));
            Assert.That(traced.Executable, Is.Not.EqualTo(second.Executable));
            Assert.That(fake.Calls, Is.EqualTo(3));
        });
    }

    /// <summary>A compiled header that is not of the present headers is refused by the compiler.</summary>
    [Test]
    [Category("CoSim")]
    public async Task Build_HeaderOfTheSystemReplaced_CompilesHeadersAgain()
    {
        RequiredTools.Check("verilator", "make");
        using var folder = new TemporaryFolder();
        string header = folder.File("cstdint");
        using var fake = new FakeVerilator($"verilator \"$@\" && echo 'CPPFLAGS += -isystem {Path.GetDirectoryName(header)}' >> obj/Vsim.mk");
        var supports = new List<int>();
        foreach (string text in new[] { "// one", "// one", "// another" })
        {
            // Not written again where it stays: its time counts.
            string content = $"{text}\n#include_next <cstdint>\n";
            if (!File.Exists(header) || await File.ReadAllTextAsync(header) != content)
                await File.WriteAllTextAsync(header, content);
            using var stub = new StubDesign();
            string sim = Path.Combine(stub.Folder, "sim/stub_sim.v");
            stub.Write("sim/stub_sim.v", $"{await File.ReadAllTextAsync(sim)}// {supports.Count}\n");
            Assert.That((await Build(fake, stub, toolchain => toolchain with { Effort = SimulationEffort.Quick })).IsCached, Is.False);
            supports.Add(Directory.GetDirectories(Path.Combine(fake.CacheFolder, ".support")).Length);
        }
        Assert.That(supports, Is.EqualTo(new[] { 1, 1, 2 }));
    }

    [Test]
    public async Task Build_AtTheSameTime_BuildsOnce()
    {
        RequiredTools.Check("make");
        using var stub = new StubDesign();
        using var fake = new FakeVerilator("sleep 0.5; " + FakeVerilator.Succeeds);
        SimulationBuild[] builds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Build(fake, stub)));
        Assert.Multiple(() =>
        {
            Assert.That(fake.Calls, Is.EqualTo(1));
            Assert.That(builds.Select(build => build.Executable).Distinct(), Has.Exactly(1).Items);
            Assert.That(builds.Count(build => !build.IsCached), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Lint_ToolSpeaks_GivesTheLines()
    {
        using var stub = new StubDesign();
        stub.Write("filelist.f", "sim/stub_sim.v\n");
        using var fake = new FakeVerilator("echo '%Warning-WIDTH: too wide'; exit 1");
        IReadOnlyList<string> lines = await Toolchain(fake).LintAsync(stub.Design, CancellationToken.None);
        Assert.That(lines, Is.EqualTo(new[] { "%Warning-WIDTH: too wide", "%Warning-WIDTH: too wide" }));
    }

    [Test]
    [Category("CoSim")]
    public async Task CompileCheck_Stub_IsClean()
    {
        RequiredTools.Check("iverilog");
        using var stub = new StubDesign();
        IReadOnlyList<string> lines = await new VerilatorToolchain().CompileCheckAsync(stub.Design, CancellationToken.None);
        Assert.That(lines.Where(line => !line.Contains("warning", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Build_FileOfTheListMissing_NamesIt()
    {
        using var stub = new StubDesign();
        using var fake = new FakeVerilator("");
        stub.Write("filelist_sim.f", "rtl/nothing.v\nsim/stub_sim.v\n");
        HypgcnException problem = (await Assert.ThrowsAsync<HypgcnException>(() => Build(fake, stub)))!;
        Assert.That(problem.Message, Is.EqualTo(
            $"{stub.Folder}: rtl/nothing.v is missing; a design folder holds it. Check the path or generate the design again."));
    }

    private static Task<SimulationBuild> Build(
        FakeVerilator fake, StubDesign stub, Func<VerilatorToolchain, VerilatorToolchain>? change = null)
    {
        VerilatorToolchain toolchain = Toolchain(fake);
        return (change?.Invoke(toolchain) ?? toolchain).BuildAsync(stub.Design, TraceFormat.None, CancellationToken.None);
    }

    private static VerilatorToolchain Toolchain(FakeVerilator fake) =>
        new(new BuildCache(fake.CacheFolder)) { Verilator = fake.Executable };
}
