using System.Text.Json;
using System.Text.RegularExpressions;
using Hypgcn.Cli;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Documentation;

/// <summary>What the documents say about files, commands, modules and keys is compared with what is there.</summary>
public sealed partial class DocumentationTests
{
    private const string Primitives = "templates/primitives";

    private static readonly string[] BuildVerbs = ["setup", "test"];

    [Test]
    public void Links_RelativeOnes_Resolve()
    {
        IEnumerable<string> broken = Repository.TrackedFiles()
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(path => Link().Matches(Prose(path)).Select(link => (Path: path, Link: link)))
            .Where(found => !found.Link.Groups["file"].Value.Contains("://", StringComparison.Ordinal) && !Resolves(found.Path, found.Link))
            .Select(found => $"{found.Path}: {found.Link.Value}");
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public async Task ReadmeCommands_AreThoseOfTheCommandLine()
    {
        string help = await HelpAsync();
        IEnumerable<string> commands = HelpLine().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..])
            .Select(line => line.Groups["name"].Value);
        Assert.That(FirstCells("## Commands").Select(cell => cell.Split(' ')[^1]), Is.EquivalentTo(commands));
    }

    [Test]
    public async Task ReadmeExamples_UseOptionsThatExist()
    {
        var problems = new List<string>();
        foreach (Match line in Example().Matches(Repository.Read("README.md")))
        {
            string verb = line.Groups["verb"].Value;
            string help = BuildVerbs.Contains(verb) ? line.Value : await HelpAsync(verb);
            problems.AddRange(Option().Matches(line.Value)
                .Select(option => option.Value)
                .Where(option => !Regex.IsMatch(help, $@"(?m){Regex.Escape(option)}( |$)"))
                .Select(option => $"{verb} {option}"));
        }

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void ReadmeModules_ArePrimitivesAndIncludeEveryStage()
    {
        string[] listed = [.. FirstCells("## Hardware modules")];
        IEnumerable<string> primitives = Directory.EnumerateFiles(Path.Combine(Repository.Root, Primitives), "*.v")
            .Select(path => Path.GetFileNameWithoutExtension(path));
        // A stage is what reports busy cycles of its own.
        IEnumerable<string> stages = primitives
            .Where(name => Repository.Read($"{Primitives}/{name}.v").Contains("output wire busy_o", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(listed, Is.SubsetOf(primitives));
            Assert.That(stages, Is.SubsetOf(listed));
        });
    }

    [Test]
    public void ConfigurationKeys_OfTheSchema_AreExplained()
    {
        using JsonDocument schema = JsonDocument.Parse(Repository.Read("docs/accelerator.schema.json"));
        string text = Repository.Read("docs/accelerator.md");
        string[] explained = [.. Cell().Matches(text).Select(cell => cell.Groups["text"].Value.Split('.')[^1])];
        Assert.That(Keys(schema.RootElement).Distinct(), Is.SubsetOf([.. explained, "hardware", "blocks"]));
    }

    private static bool Resolves(string path, Match link)
    {
        string file = link.Groups["file"].Value;
        string target = file.Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, file);
        string full = Path.GetFullPath(Path.Combine(Repository.Root, target));
        string anchor = link.Groups["anchor"].Value;
        return (File.Exists(full) || Directory.Exists(full))
            && (anchor.Length == 0 || Heading().Matches(File.ReadAllText(full)).Any(heading => Anchor(heading.Groups["text"].Value) == anchor));
    }

    // GitHub's: lower case, spaces to '-', punctuation left out.
    private static string Anchor(string heading) =>
        new([.. heading.ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_')]);

    // Code may look like a link.
    private static string Prose(string path) => Code().Replace(Repository.Read(path), "");

    private static IEnumerable<string> FirstCells(string heading)
    {
        string text = Repository.Read("README.md");
        int start = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.That(start, Is.Positive, heading);
        int end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Cell().Matches(text[start..end]).Select(cell => cell.Groups["text"].Value);
    }

    private static IEnumerable<string> Keys(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return schema.EnumerateArray().SelectMany(Keys);
        }

        return schema.ValueKind != JsonValueKind.Object ? [] : schema.EnumerateObject().SelectMany(property =>
            property.Name == "properties"
                ? property.Value.EnumerateObject().SelectMany(key => Keys(key.Value).Prepend(key.Name))
                : Keys(property.Value));
    }

    private static async Task<string> HelpAsync(params string[] verb)
    {
        using var output = new StringWriter();
        int exitCode = await HypgcnApplication.RunAsync([.. verb, "--help"], output, output, CancellationToken.None);
        Assert.That(exitCode, Is.Zero, output.ToString());
        return output.ToString();
    }

    [GeneratedRegex(@"\]\((?<file>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^  (?<name>[a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^\| `(?<text>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Cell();

    [GeneratedRegex(@"^    \./build\.sh (?<verb>[a-z]+).*$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"--[a-z-]+")]
    private static partial Regex Option();
}
