namespace Hypgcn.Tests.CoSimulation;

/// <summary>A program in the place of Verilator that does what a test tells it, and counts its builds.</summary>
internal sealed class FakeVerilator : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypgcn-fake-").FullName;

    /// <param name="body">Shell commands for every call but <c>--version</c>; they run in the folder of the build.</param>
    internal FakeVerilator(string body)
    {
        Executable = Path.Combine(_folder, "verilator");
        File.WriteAllText(Executable,
            "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'Fake 1.0'; exit 0; fi\n"
                + $"echo call >> '{CallsPath}'\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Executable, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes a build that succeeds at once.</summary>
    internal static string Succeeds =>
        "mkdir -p obj; printf 'AR = true\\noverride CXX = true\\noverride LINK = touch simulation model.o; true\\n' > obj/Vsim.mk; touch obj/support.a obj/model.o obj/headers.list";

    internal string Executable { get; }

    internal string CacheFolder => Path.Combine(_folder, "cache");

    internal int Calls => File.Exists(CallsPath) ? File.ReadAllLines(CallsPath).Length : 0;

    private string CallsPath => Path.Combine(_folder, "calls");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
