using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Cli;

/// <summary>A copy of the example where a checkout has it, so that the paths in a manifest are those of a checkout.</summary>
internal sealed class DemoFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DemoFolder()
    {
        Directory.CreateDirectory(Example(""));
        foreach (string name in new[] { "accelerator.json", "demo.pt", "clips.npy", "labels.npy" })
        {
            File.Copy(Path.Combine(Repository.Root, "examples", "demo", name), Example(name));
        }
    }

    public string Configuration => Example("accelerator.json");

    public string Design => Path.Combine(_folder.Path, "rtl-out", "demo");

    public string Example(string name) => Path.Combine(_folder.Path, "examples", "demo", name);

    /// <summary>Changes the text of the configuration.</summary>
    public void Edit(string from, string to)
    {
        string text = File.ReadAllText(Configuration);
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(Configuration, text.Replace(from, to, StringComparison.Ordinal));
    }

    public Task<CommandRun> GenerateAsync(params string[] more) =>
        CommandRun.Of(["generate", "--config", Configuration, "--out", Design, .. more]);

    /// <summary>The same files as in rtl-out/demo, byte for byte.</summary>
    public void MustHoldTheCommittedDesign()
    {
        string committed = Path.Combine(Repository.Root, "rtl-out", "demo");
        string[] names = Names(Design);
        Assert.That(names, Is.EqualTo(Names(committed)));
        Assert.Multiple(() =>
        {
            foreach (string name in names)
            {
                Assert.That(
                    File.ReadAllBytes(Path.Combine(Design, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(committed, name))),
                    $"{name} differs: hypgcn generate --config examples/demo/accelerator.json --out rtl-out/demo, and look at the difference");
            }
        });
    }

    private static string[] Names(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();
}
