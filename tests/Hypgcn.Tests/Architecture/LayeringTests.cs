using System.Text.RegularExpressions;

namespace Hypgcn.Tests.Architecture;

public sealed partial class LayeringTests
{
    [TestCase("Scriban", "generator/Hypgcn/Emission/")]
    [TestCase("CliWrap", "generator/Hypgcn/CoSimulation/")]
    public void Using_OfAPackage_IsInOneFolderOnly(string package, string folder) => Assert.That(
        UsersOf(name => name == package || name.StartsWith(package + ".", StringComparison.Ordinal))
            .Where(path => !path.StartsWith(folder, StringComparison.Ordinal)),
        Is.Empty);

    [TestCase("Hypgcn.Hardware")]
    [TestCase("Hypgcn.Emission")]
    [TestCase("Hypgcn.CoSimulation")]
    public void Reference_TheOracle_DoesNotSee(string name) => Assert.That(
        Repository.LibrarySources()
            .Where(path => path.StartsWith("generator/Hypgcn/Reference/", StringComparison.Ordinal))
            .Where(path => Repository.Read(path).Contains(name, StringComparison.Ordinal)),
        Is.Empty);

    [TestCase("Hypgcn.Pruning", "Models", "Quantization", "Reference")]
    [TestCase("Hypgcn.Configuration", "Models", "Quantization", "Reference", "Pruning")]
    [TestCase("Hypgcn.Emission", "Models", "Pruning", "Quantization")]
    [TestCase("Hypgcn.Hardware", "Models", "Pruning", "Quantization")]
    [TestCase("Hypgcn.CoSimulation", "Models", "Pruning", "Quantization", "Hardware", "Emission")]
    public void Stages_OfThePipeline_DoNotSeeLaterOnes(string later, params string[] folders) => Assert.That(
        UsersOf(name => name == later || name.StartsWith(later + ".", StringComparison.Ordinal))
            .Where(path => folders.Contains(path.Split('/')[2])),
        Is.Empty);

    [Test]
    public void Library_Anywhere_DoesNotPrint() => Assert.That(
        Repository.LibrarySources().Where(path => ConsoleUse().IsMatch(Repository.Read(path))),
        Is.Empty);

    /// <summary>Pointers stay with the kernels, and nothing is pinned by a local (see PinnedArray).</summary>
    [TestCase("unsafe ", "generator/Hypgcn/Reference/")]
    [TestCase("fixed (", "none")]
    public void Library_Pointers_StayInTheKernels(string word, string folder) => Assert.That(
        Repository.LibrarySources()
            .Where(path => !path.StartsWith(folder, StringComparison.Ordinal))
            .Where(path => Repository.Read(path).Contains(word, StringComparison.Ordinal)),
        Is.Empty);

    [Test]
    public void Library_EveryFile_HasTheNamespaceOfItsFolder() => Assert.That(
        Repository.LibrarySources().Where(path => !HasNamespaceOfFolder(path)),
        Is.Empty);

    private static IEnumerable<string> UsersOf(Func<string, bool> isMeant) =>
        Repository.LibrarySources().Where(path =>
            Using().Matches(Repository.Read(path)).Any(match => isMeant(match.Groups["name"].Value)));

    private static bool HasNamespaceOfFolder(string path)
    {
        string folder = string.Join('.', path.Split('/')[1..^1]);
        return Repository.Read(path).Contains($"\nnamespace {folder};\n", StringComparison.Ordinal)
            || Repository.Read(path).StartsWith($"namespace {folder};\n", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*(global )?using (static )?(\w+ = )?(global::)?(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\bConsole\.")]
    private static partial Regex ConsoleUse();
}
