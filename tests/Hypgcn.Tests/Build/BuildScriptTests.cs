using System.Diagnostics;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Build;

/// <summary>What <c>build.sh</c> and its program say, with a PATH of the test's own.</summary>
[TestFixture]
[Platform("Linux,MacOsX")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class BuildScriptTests
{
    private const string TestPackages = "verilator g++ clang make iverilog yosys z3 tcl";

    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _path = Directory.CreateDirectory(_folder.File("bin")).FullName;
        foreach (string name in new[] { "sh", "dirname", "find", "env", "true", "dotnet" })
        {
            Link(name);
        }
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Run_NoSdk_SaysWhereToGetIt()
    {
        File.Delete(Path.Combine(_path, "dotnet"));
        Assert.That(Script("setup"), Is.EqualTo((2,
            "build.sh: dotnet: the program is not found; the .NET 10 SDK is needed. Get it from https://dotnet.microsoft.com/download/dotnet/10.0.\n")));
    }

    [Test]
    public void Setup_NothingToInstallWith_NamesWhatIsMissing() => Assert.That(Script("setup"), Is.EqualTo((2,
        $"build: missing: {TestPackages}; they must be in PATH. Install them: sudo apt-get install {TestPackages}\n")));

    [Test]
    public void Demo_NothingToInstallWith_NamesWhatIsMissing() => Assert.That(Script("demo"), Is.EqualTo((2,
        "build: missing: verilator g++ make; they must be in PATH. Install them: sudo apt-get install verilator g++ make\n")));

    [Test]
    public void Setup_AptGetInstallsNothing_SaysWhatIsLeft()
    {
        Program("sudo", "shift; exec \"$@\"");
        Program("apt-get", "echo E: no such package >&2; exit 100");
        Assert.That(Script("setup"), Is.EqualTo((2,
            $"build: installing {TestPackages}\nE: no such package\nE: no such package\nbuild: could not install: {TestPackages}. Install them: apt-get install {TestPackages}\n")));
    }

    [Test]
    public void Setup_AptGetInstalls_SaysSo()
    {
        Program("sudo", "shift; exec \"$@\"");
        Program("apt-get", $"cd \"{_path}\"; for tool in verilator g++ clang++ make iverilog yosys z3 tclsh; do : > $tool; done");
        Assert.That(Script("setup"), Is.EqualTo((0, $"build: installing {TestPackages}\n")));
    }

    [Test]
    public void Demo_ProjectDoesNotBuild_NamesPackagesAndTheProject()
    {
        foreach (string tool in new[] { "verilator", "g++", "make" })
        {
            Program(tool, "");
        }
        // A repository of its own, whose packages have been tried before and whose program is no project.
        Write("Directory.Packages.props", "<Project><PropertyGroup><ScribanVersion>0.0.1</ScribanVersion><CliWrapVersion>0.0.2</CliWrapVersion></PropertyGroup></Project>");
        Write(".cache/packages/scriban-0.0.1.tried", "");
        Write(".cache/packages/cliwrap-0.0.2.tried", "");
        Write("generator/Hypgcn.Cli/Hypgcn.Cli.csproj", "no project");
        (int exitCode, string text) = Execute(
            "dotnet", [Path.Combine(Repository.Root, "build/bin/Release/net10.0/build.dll"), "demo"], ("HYPGCN_ROOT", _folder.File("root")));
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(lines[0], Is.EqualTo("build: uses the stand-in for Scriban 0.0.1 and the stand-in for CliWrap 0.0.2"));
            Assert.That(lines[^1], Is.EqualTo(
                "build: generator/Hypgcn.Cli/Hypgcn.Cli.csproj: does not build; dotnet build ended with exit code 1. Read the errors above."));
        });
    }

    private void Link(string name)
    {
        string found = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? (name == "dotnet" ? Environment.ProcessPath! : throw new InvalidOperationException($"{name}: not in PATH"));
        File.CreateSymbolicLink(Path.Combine(_path, name), found);
    }

    private void Program(string name, string text)
    {
        string path = Path.Combine(_path, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder.File("root"), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private (int ExitCode, string Error) Script(string verb) => Execute("/bin/sh", [Path.Combine(Repository.Root, "build.sh"), verb]);

    private (int ExitCode, string Error) Execute(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        info.Environment["PATH"] = _path;
        info.Environment["DOTNET_ROOT"] = _folder.File("nothing");
        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error + output.Result);
    }
}
