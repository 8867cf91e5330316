namespace Hypgcn.Build;

/// <summary>What <c>build.sh</c> and <c>build.ps1</c> both do: the verbs of the repository, and every verb of hypgcn.</summary>
internal sealed class EntryPoint(string root)
{
    private static readonly string[] DemoTools = ["verilator", "g++", "make"];
    private static readonly string[] TestTools = ["verilator", "g++", "clang++", "make", "iverilog", "yosys", "z3", "tclsh"];

    internal int Run(string[] arguments)
    {
        string verb = arguments.Length == 0 ? "--help" : arguments[0];
        switch (verb)
        {
            case "setup":
                return Tools.Install(TestTools) ? 0 : 2;
            case "test":
                Tools.Install(TestTools);
                AnnouncePackages();
                return new TestRun(root).Run(arguments[1..]);
            case "demo":
                if (!Tools.Install(DemoTools))
                {
                    return 2;
                }

                AnnouncePackages();
                return RunProgram(arguments);
            default:
                return RunProgram(arguments.Length == 0 ? [verb] : arguments);
        }
    }

    private void AnnouncePackages() => Console.Error.WriteLine(new Packages(root).Describe());

    private int RunProgram(string[] arguments)
    {
        _ = new Packages(root).Describe();
        Commands.Build(root, "generator/Hypgcn.Cli/Hypgcn.Cli.csproj");
        string program = Path.Combine(root, "generator", "Hypgcn.Cli", "bin", "Release", "net10.0", "hypgcn.dll");
        return Commands.Run("dotnet", [program, .. arguments]);
    }
}
