namespace Scriban.Parsing;

/// <summary>Ends a parse at its first problem.</summary>
internal sealed class TemplateSyntaxException(SourceSpan span, string message) : Exception(message)
{
    internal SourceSpan Span { get; } = span;
}
