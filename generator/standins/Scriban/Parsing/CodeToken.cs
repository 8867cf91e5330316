namespace Scriban.Parsing;

/// <summary>One word inside a tag; offsets of its first and last character.</summary>
internal readonly record struct CodeToken(TokenKind Kind, string Text, int Start, int End);
