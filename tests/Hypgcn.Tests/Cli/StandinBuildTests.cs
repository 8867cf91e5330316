using System.Diagnostics;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

/// <summary>
/// The program built against the stand-ins writes the committed design. The other tests run whatever the package cache
/// gave this build, so that both ways are tested where the cache has the real packages.
/// </summary>
[TestFixture]
[Category("Slow")]
internal sealed class StandinBuildTests
{
    [Test]
    public void Generate_BuiltWithStandins_IsTheCommittedDesign()
    {
        using var build = new TemporaryFolder();
        using var demo = new DemoFolder();
        Run("build", Path.Combine(Repository.Root, "generator", "Hypgcn.Cli"), "-p:UseStandins=true", "--artifacts-path", build.Path, "-maxcpucount:1");
        string program = Directory.GetFiles(Path.Combine(build.Path, "bin"), "hypgcn.dll", SearchOption.AllDirectories).Single();
        Run(program, "generate", "--config", demo.Configuration, "--out", demo.Design);
        demo.MustHoldTheCommittedDesign();
    }

    private static void Run(params string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Of the build that started this test; another one must find its own.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output + error.Result);
    }
}
