using System.Diagnostics;
using System.Text.RegularExpressions;
using Hypgcn.Tests.Cli;

namespace Hypgcn.Tests.BadInput;

/// <summary>How a damaged file ended.</summary>
/// <param name="Kind">The message without what is particular to the case, or <see cref="Success"/>.</param>
/// <param name="AllocatedBytes">All memory ever taken, also what was given back.</param>
/// <param name="Seconds">Wall time.</param>
internal sealed partial record Outcome(string Kind, long AllocatedBytes, double Seconds)
{
    public const string Success = "read";

    private const double LimitSeconds = 30;

    /// <summary>Whether no more than the file's first bytes were looked at.</summary>
    public bool IsEarly => FirstCheck().IsMatch(Kind);

    /// <summary>Most memory that a case may take, all of it counted, of a file of a size.</summary>
    public static long BudgetBytes(long fileBytes) => (256L << 20) + (256 * fileBytes);

    /// <summary>Reads a case through the library; fails where anything but success and a message for the user comes out.</summary>
    public static Outcome Of(BadInputCase badInput, string folder) => Measure(badInput, folder, () =>
    {
        try
        {
            badInput.Read(folder);
            return null;
        }
        catch (HypgcnException problem)
        {
            return problem.Message;
        }
    });

    /// <summary>The same through the command line: exit code 0, or 2 and one line.</summary>
    public static Outcome OfCommand(BadInputCase badInput, string folder) => Measure(badInput, folder, () =>
    {
        CommandRun run = badInput.RunAsync(folder).GetAwaiter().GetResult();
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] problems = [.. lines.Where(line => !line.EndsWith(" ...", StringComparison.Ordinal) || line.StartsWith("hypgcn: ", StringComparison.Ordinal))];
        if (run.ExitCode == 0 && problems.Length == 0)
        {
            return null;
        }
        return run.ExitCode == 2 && problems.Length == 1 && problems[0].StartsWith("hypgcn: ", StringComparison.Ordinal) && !problems[0].Any(char.IsControl)
            ? problems[0]["hypgcn: ".Length..]
            : throw new InvalidOperationException($"exit code {run.ExitCode}: {run.Error}");
    });

    private static Outcome Measure(BadInputCase badInput, string folder, Func<string?> read)
    {
        string path = Path.Combine(folder, badInput.File);
        File.WriteAllBytes(path, badInput.Bytes);
        long before = GC.GetTotalAllocatedBytes();
        long start = Stopwatch.GetTimestamp();
        Task<string?> task = Task.Run(read);
        if (!task.Wait(TimeSpan.FromSeconds(LimitSeconds)))
        {
            throw new TimeoutException($"no end after {LimitSeconds} s");
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long bytes = GC.GetTotalAllocatedBytes() - before;
        if (bytes > BudgetBytes(badInput.Bytes.LongLength))
        {
            throw new InvalidOperationException($"{bytes} bytes for a file of {badInput.Bytes.Length}");
        }
        return new Outcome(task.Result is { } message ? KindOf(message, folder) : Success, bytes, seconds);
    }

    private static string KindOf(string message, string folder)
    {
        // Every message names the file or the place in it first.
        if (!Form().IsMatch(message))
        {
            throw new FormatException($"not of the form <where>: <what>; ...: {message}");
        }
        string kind = Quoted().Replace(message.Replace(folder, "", StringComparison.Ordinal), "'.'");
        kind = Digits().Replace(kind, "N");
        return kind.Length <= 110 ? kind : kind[..110];
    }

    [GeneratedRegex(@"^[^:]+: .+\.$|^\S+ (is|has) .+\.$", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex(@"'[^']*'|\[[^\]]*\]|\([^)]*\)", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"-?\d[\d.]*(E[+-]?\d+)?")]
    private static partial Regex Digits();

    [GeneratedRegex("does not start as|before N|zip directory cannot|0 bytes|has N bytes; a .safetensors|header is said|is an invalid|expected depth|^/?a.skeleton.N.: the number of frames")]
    private static partial Regex FirstCheck();
}
