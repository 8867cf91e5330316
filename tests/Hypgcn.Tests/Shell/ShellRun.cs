using System.Globalization;

namespace Hypgcn.Tests.Shell;

/// <summary>What the harness printed.</summary>
internal sealed class ShellRun(IReadOnlyList<string> lines)
{
    /// <summary>Numbers of all lines that begin with a word.</summary>
    internal long[][] Of(string word) =>
    [
        .. lines.Where(line => line.StartsWith(word + " ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1..].Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
    ];

    /// <summary>The same of one phase, without its number.</summary>
    internal long[][] Of(string word, int phase) => [.. Of(word).Where(line => line[0] == phase).Select(line => line[1..])];

    internal string Line(string word) => lines.Single(line => line.StartsWith(word + " ", StringComparison.Ordinal));

    internal IEnumerable<string> Failures => lines.Where(line => line.StartsWith("fail ", StringComparison.Ordinal));
}
