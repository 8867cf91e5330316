using System.Globalization;
using System.Xml.Linq;

namespace Hypgcn.Build;

/// <summary>Builds everything and runs every test project; the last line counts over all of them.</summary>
internal sealed class TestRun(string root)
{
    private const string AllOption = "--all";

    /// <param name="arguments">Go to <c>dotnet test</c>; <c>--all</c> adds the tests of category Slow.</param>
    /// <returns>The exit code: 0 only where every test project ran and passed.</returns>
    internal int Run(string[] arguments)
    {
        Commands.Build(root, "Hypgcn.slnx");
        string results = Path.Combine(root, ".cache", "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        int worst = 0;
        foreach (string project in TestProjects())
        {
            string log = Path.Combine(results, $"{Path.GetFileNameWithoutExtension(project)}.trx");
            int exitCode = Commands.Run(
                "dotnet",
                [
                    "test", project, "-c", "Release", "--no-build", "--nologo",
                    "--logger", "console;verbosity=normal", "--logger", $"trx;LogFileName={log}",
                    .. WithFilter(arguments),
                ]);
            worst = Math.Max(worst, exitCode);
        }

        return Summarise(results, worst);
    }

    private IEnumerable<string> TestProjects() =>
        Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.Tests.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    private static List<string> WithFilter(string[] arguments)
    {
        var rest = arguments.Where(argument => argument != AllOption).ToList();
        if (arguments.Contains(AllOption))
        {
            return rest;
        }

        const string fast = "TestCategory!=Slow";
        int filter = rest.IndexOf("--filter");
        if (filter < 0)
        {
            rest.AddRange(["--filter", fast]);
        }
        else if (filter + 1 < rest.Count)
        {
            rest[filter + 1] = $"({rest[filter + 1]})&{fast}";
        }

        return rest;
    }

    private static int Summarise(string results, int exitCode)
    {
        (int passed, int failed, int skipped) = (0, 0, 0);
        IEnumerable<string> logs = Directory.Exists(results) ? Directory.EnumerateFiles(results, "*.trx") : [];
        foreach (XElement counters in logs.Select(log => Counters(XDocument.Load(log))))
        {
            int total = Count(counters, "total");
            int executed = Count(counters, "executed");
            int ok = Count(counters, "passed");
            passed += ok;
            failed += executed - ok;
            skipped += total - executed;
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped"));
        return exitCode != 0 ? exitCode : failed > 0 ? 1 : 0;
    }

    private static XElement Counters(XDocument log) =>
        log.Descendants().Single(element => element.Name.LocalName == "Counters");

    private static int Count(XElement counters, string name) =>
        int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
