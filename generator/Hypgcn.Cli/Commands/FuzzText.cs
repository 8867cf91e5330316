using System.Globalization;
using Hypgcn.Fuzzing;

namespace Hypgcn.Cli.Commands;

/// <summary>What <c>hypgcn fuzz</c> prints.</summary>
/// <param name="Result">What was found.</param>
/// <param name="Kept">Files with the shrunk cases of its failures, in their order.</param>
/// <param name="Work">Folder with the designs that fail.</param>
internal sealed record FuzzText(FuzzResult Result, IReadOnlyList<string> Kept, string Work)
{
    /// <summary>The object of <c>--json</c>.</summary>
    internal object ToJson() => new
    {
        Result.Designs,
        Failed = Result.Failures.Count,
        Refused = Result.Refusals,
        Failures = Result.Failures.Select((failure, n) => new
        {
            failure.Case.Seed,
            failure.Failure!.Kind,
            failure.Failure.Message,
            Case = n < Kept.Count ? Kept[n] : null,
        }),
        Kinds = Result.Kinds.Select(kind => new { Kind = kind.Key, Designs = kind.Value }),
        Missing = Missing(),
        Result.Cycles,
        BoundariesChecked = Result.Banks,
        Result.Seconds,
        Result.WallSeconds,
        Work,
    };

    /// <summary>The same for a person.</summary>
    internal void Write(TextWriter writer)
    {
        foreach (string line in Result.Kinds.Select(kind => $"  {kind.Key,-34} {Number(kind.Value)}"))
        {
            writer.WriteLine(line);
        }

        string[] missing = Missing();
        writer.WriteLine(missing.Length == 0 ? "every kind of design is there" : $"no design with: {string.Join("; ", missing)}");
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seconds     generate {Result.Seconds.Generate:0}, lint {Result.Seconds.Lint:0}, build {Result.Seconds.Build:0}, run {Result.Seconds.Run:0}, added up"));
        writer.WriteLine($"compared    {Number(Result.Banks)} banks, {Number(Result.Cycles)} cycles");
        for (int n = 0; n < Result.Failures.Count; n++)
        {
            FuzzOutcome failure = Result.Failures[n];
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILED      seed {failure.Case.Seed}: {failure.Failure!.Kind}: {failure.Failure.Message}"));
            if (n < Kept.Count)
            {
                writer.WriteLine($"            again: hypgcn fuzz --replay {Kept[n]}");
            }
        }

        if (Result.Failures.Count > 0)
        {
            writer.WriteLine($"designs     {Work}");
        }

        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Result.Designs - Result.Failures.Count} of {Result.Designs} designs exact, {Result.Failures.Count} failed, {Result.Refusals} draws refused, in {Result.WallSeconds:0} s"));
    }

    private string[] Missing() => [.. FuzzKinds.All.Append(FuzzKinds.DroppedWords).Where(kind => !Result.Kinds.ContainsKey(kind))];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
