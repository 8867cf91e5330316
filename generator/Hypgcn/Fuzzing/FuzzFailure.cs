using System.Text.RegularExpressions;

namespace Hypgcn.Fuzzing;

/// <summary>What is wrong with a design.</summary>
/// <param name="Kind">What failed.</param>
/// <param name="Message">The first difference, or what was said.</param>
public sealed partial record FuzzFailure(FuzzFailureKind Kind, string Message)
{
    /// <summary>Whether this is as good as certainly the same fault: of the same kind and, where text or exception say so, in the same place.</summary>
    public bool IsLike(FuzzFailure? other) => other is not null && Kind == other.Kind && Place(Message) == Place(other.Message);

    internal static FuzzFailure OfLint(IReadOnlyList<string> lines) => new(FuzzFailureKind.Lint, lines[0]);

    private static string Place(string message) => LintPlace().Match(message) is { Success: true } lint
        ? lint.Value
        : ExceptionPlace().Match(message).Value;

    [GeneratedRegex(@"^%[\w-]+: [\w./]+:\d+")]
    private static partial Regex LintPlace();

    [GeneratedRegex(@"^\w+Exception: ")]
    private static partial Regex ExceptionPlace();
}
