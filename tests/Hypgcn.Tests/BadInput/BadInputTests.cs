using System.Globalization;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.BadInput;

/// <summary>
/// Whatever a file holds, reading it ends in success or in a message for the user: no other exception, no end that does
/// not come, no memory out of proportion. HYPGCN_SEED chooses other cases, HYPGCN_FIRST and HYPGCN_CASES a range of them.
/// </summary>
internal sealed class BadInputTests
{
    private static readonly string[] Files = [.. BaseFiles.All.Keys];

    [Test]
    public void Read_GoodFiles_Succeeds()
    {
        using var folder = new TemporaryFolder();
        BaseFiles.Write(folder.Path);
        foreach (string file in Files)
        {
            var good = new BadInputCase(file, file, BaseFiles.All[file]);
            Assert.That(Outcome.Of(good, folder.Path).Kind, Is.EqualTo(Outcome.Success), file);
            if (file != "manifest.json")
            {
                Assert.That(Outcome.OfCommand(good, folder.Path).Kind, Is.EqualTo(Outcome.Success), file);
            }
        }
    }

    [Test]
    public void Read_HostileFiles_EndsInAMessageOrSuccess()
    {
        using var tally = new Tally();
        foreach (var (hostile, n) in HostileFiles.All().Select((hostile, n) => (hostile, n)))
        {
            // The command line is slower: every fourth.
            tally.Add(hostile, "hostile file", n % 4 == 3 ? Outcome.OfCommand : Outcome.Of);
        }
        tally.Report("hostile files");
    }

    [Test]
    public void Read_SomeDamagedFiles_EndsInAMessageOrSuccess() => Run(400);

    [Test]
    [Category("Slow")]
    public void Read_TenThousandDamagedFiles_EndsInAMessageOrSuccess() => Run(10_000);

    private static void Run(int cases)
    {
        int seed = Number("HYPGCN_SEED", 20260607);
        int first = Number("HYPGCN_FIRST", 0);
        cases = Number("HYPGCN_CASES", cases);
        using var tally = new Tally();
        for (int n = first; n < first + cases; n++)
        {
            // The command line is slower: every tenth case.
            tally.Add(Case(seed, n), $"HYPGCN_SEED={seed} HYPGCN_FIRST={n} HYPGCN_CASES=1", n / Files.Length % 10 == 9 ? Outcome.OfCommand : Outcome.Of);
        }
        tally.Report($"seed {seed}");
        // Otherwise the readers' depths were not tested.
        Assert.That(cases < 100 || tally.Early < cases * 0.35, Is.True, $"{tally.Early} of {cases} did not get past the first check");
    }

    private static BadInputCase Case(int seed, int n)
    {
        var random = new Random(unchecked((seed * 1_000_003) + n));
        string file = Files[n % Files.Length];
        return new BadInputCase(file, file, new Mutator(random).Damage(file, BaseFiles.All[file]));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
