using System.Runtime.InteropServices;

namespace Hypgcn.CoSimulation;

/// <summary>
/// Compiles what Verilator wrote. The design and the one file of the harness that depends on it are one text, so that
/// headers are read once; the rest of the harness and Verilator's run-time library are the same for all designs and
/// come from an archive, beside Verilator's main header in compiled form.
/// </summary>
internal static class BuildMakefile
{
    /// <summary>The program.</summary>
    internal const string Program = "simulation";

    /// <summary>The archive of what all designs share.</summary>
    internal const string Support = "support.a";

    /// <summary>File that stands beside Verilator's own makefile.</summary>
    internal const string FileName = "simulation.mk";

    /// <summary>The text that is compiled.</summary>
    internal const string Model = "model.cpp";

    /// <summary>Harness file that sees the design.</summary>
    internal const string DeviceSource = "device.cpp";

    /// <summary>Target that lists the headers behind Verilator's main one; Verilator's makefile includes all files *.d.</summary>
    internal const string HeaderList = "headers.list";

    private const string Header = "verilated.pch";

    /// <summary>The makefile.</summary>
    // A compiled header serves only the very options that it was made with.
    internal const string Text =
        """
        include Vsim.mk
        COMPILE = $(CXX) $(CXXFLAGS) $(CPPFLAGS) -std=c++17
        # Only clang takes a compiled header from another folder.
        HEADER = $(wildcard $(SUPPORT_FOLDER)/verilated.pch)
        support.a: $(VK_GLOBAL_OBJS) $(HARNESS_OBJS)
        	$(AR) rcs $@ $^
        headers.list:
        	$(filter-out -MMD,$(COMPILE)) -M -x c++ $(VERILATOR_ROOT)/include/verilated.h -o $@
        verilated.pch:
        	$(COMPILE) $(OPT_MODEL) -x c++-header $(VERILATOR_ROOT)/include/verilated.h -o $@
        $(HARNESS_OBJS): %.o: ../harness/%.cpp
        	$(COMPILE) -O2 -c -o $@ $<
        model.o: model.cpp
        	$(COMPILE) $(OPT_MODEL) $(if $(HEADER),-include-pch $(HEADER)) -c -o $@ $<
        simulation: model.o $(SUPPORT_FOLDER)/support.a
        	$(LINK) $(LDFLAGS) $^ $(LOADLIBES) $(LDLIBS) $(LIBS) -o $@

        """;

    /// <summary>Arguments of make, without its target.</summary>
    internal static string[] Arguments(string compiler, SimulationEffort effort) =>
    [
        "-s", "-C", "obj", "-f", FileName, $"CXX={compiler}", $"LINK={compiler}", $"OPT_MODEL={Optimisation(effort)}",
    ];

    /// <summary>Targets that make what all designs share.</summary>
    internal static string[] SupportTargets(DesignSources sources, string compiler) =>
    [
        "-j2", $"HARNESS_OBJS={string.Join(' ', sources.HarnessSources.Where(name => name != DeviceSource).Select(name => Path.ChangeExtension(name, ".o")))}",
        Support, .. IsClang(compiler) ? [Header] : Array.Empty<string>(),
    ];

    /// <summary>Path, time and size of every listed header: a compiled header serves only as long as these stay, and updates of the system replace them.</summary>
    /// <param name="folder">Where the list was made.</param>
    internal static IEnumerable<string> HeaderStamps(string folder) =>
        from path in File.ReadAllText(Path.Combine(folder, HeaderList)).Split([' ', '\\', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1)
        let file = new FileInfo(Path.Combine(folder, path))
        select FormattableString.Invariant($"{path} {(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)} {(file.Exists ? file.Length : 0)}");

    /// <summary>Target that makes the program of a design.</summary>
    internal static string[] ProgramTargets(string supportFolder) => [$"SUPPORT_FOLDER={supportFolder}", Program];

    /// <summary>Writes what the makefile needs into the folder with Verilator's texts.</summary>
    internal static void Write(string folder)
    {
        IEnumerable<string> texts = Directory.EnumerateFiles(folder, "*.cpp").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        File.WriteAllText(
            Path.Combine(folder, Model),
            string.Concat([.. texts.Select(name => $"#include \"{name}\"\n"), $"#include \"../harness/{DeviceSource}\"\n"]));
        File.WriteAllText(Path.Combine(folder, FileName), Text.ReplaceLineEndings("\n"));
    }

    /// <summary>Moves what all designs share to its place in the cache.</summary>
    internal static void MoveSupport(string from, string to)
    {
        foreach (string path in new[] { Header, Support }.Select(name => Path.Combine(from, name)).Where(File.Exists))
        {
            File.Move(path, Path.Combine(to, Path.GetFileName(path)));
        }
    }

    private static bool IsClang(string compiler) => compiler.StartsWith("clang", StringComparison.Ordinal);

    private static string Optimisation(SimulationEffort effort) => effort == SimulationEffort.Quick
        ? "-O0"
        : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "-O2 -march=native" : "-O2";
}
