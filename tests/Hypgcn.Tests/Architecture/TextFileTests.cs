namespace Hypgcn.Tests.Architecture;

public sealed class TextFileTests
{
    private static readonly string[] Endings =
    [
        ".cs", ".csproj", ".slnx", ".props", ".targets", ".json", ".md", ".sbn", ".v", ".sv", ".vh", ".vlt", ".mem", ".f",
        ".cpp", ".h", ".py", ".sh", ".ps1", ".yml", ".editorconfig", ".gitignore", ".gitattributes", ".txt", ".tcl", ".xdc",
    ];

    [Test]
    public void TrackedText_EveryFile_IsLfWithoutTrailingBlanks()
    {
        IEnumerable<string> problems = Repository.TrackedFiles()
            .Where(path => path == ".ci/run" || Endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .SelectMany(path => Problems(path, Repository.Read(path)));
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void TrackedFiles_None_IsBuildOutputOrSharedData() => Assert.That(
        Repository.TrackedFiles().Where(path =>
            path.Split('/').Intersect(["bin", "obj", ".cache", "shared", "TestResults"]).Any()),
        Is.Empty);

    private static IEnumerable<string> Problems(string path, string text)
    {
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            yield return $"{path}: CR";
        }

        if (text.Length > 0 && !text.EndsWith('\n'))
        {
            yield return $"{path}: no final line break";
        }

        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimEnd('\r') != lines[i].TrimEnd())
            {
                yield return FormattableString.Invariant($"{path}({i + 1}): trailing blanks");
            }
        }
    }
}
