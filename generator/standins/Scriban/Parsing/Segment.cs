namespace Scriban.Parsing;

/// <summary>
/// A stretch of plain text (<see cref="Tokens"/> is null), [Start, End) after whitespace control, or one tag with
/// its words.
/// </summary>
internal sealed record Segment(int Start, int End, IReadOnlyList<CodeToken>? Tokens);
