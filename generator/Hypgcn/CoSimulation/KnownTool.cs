namespace Hypgcn.CoSimulation;

/// <summary>An external program that some command needs.</summary>
/// <param name="Name">Name in PATH.</param>
/// <param name="Purpose">What it is for, as <c>doctor</c> prints it.</param>
/// <param name="Install">How to get it on Debian.</param>
/// <param name="VersionArguments">Arguments that make it print its version.</param>
/// <param name="IsRequired">False where only an extra check needs it.</param>
public sealed record KnownTool(
    string Name, string Purpose, string Install, IReadOnlyList<string> VersionArguments, bool IsRequired)
{
    /// <summary>Every program that any command runs.</summary>
    public static IReadOnlyList<KnownTool> All { get; } =
    [
        new("verilator", "simulates the generated Verilog", "apt-get install verilator", ["--version"], IsRequired: true),
        new("g++", "compiles the simulation", "apt-get install g++", ["--version"], IsRequired: true),
        new("clang++", "compiles simulations that run nearly twice as fast as g++'s", "apt-get install clang", ["--version"], IsRequired: false),
        new("make", "builds the simulation", "apt-get install make", ["--version"], IsRequired: true),
        new("yosys", "synthesises modules for `hypgcn synth`", "apt-get install yosys", ["-V"], IsRequired: false),
        new("z3", "proves properties of the hardware, for the tests", "apt-get install z3", ["--version"], IsRequired: false),
        new("tclsh", "runs the Vivado scripts against recorded commands, for the tests", "apt-get install tcl", ["/dev/null"], IsRequired: false),
        new("iverilog", "a second simulator, for the tests", "apt-get install iverilog", ["-V"], IsRequired: false),
    ];

    /// <summary>The entry of a program, or null for one that is not in the list.</summary>
    public static KnownTool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);
}
