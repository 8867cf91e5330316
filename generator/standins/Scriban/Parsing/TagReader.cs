using Scriban.Syntax;

namespace Scriban.Parsing;

/// <summary>Reads the words of one tag from left to right.</summary>
internal sealed class TagReader(SourceText source, Segment segment)
{
    private readonly IReadOnlyList<CodeToken> _tokens = segment.Tokens!;
    private int _next;

    /// <summary>The tag's first word where that is a name.</summary>
    internal string? First => _tokens.Count == 0 ? null : _tokens[0].Kind == TokenKind.Name ? _tokens[0].Text : "";

    /// <summary>Whether the first word is followed by a member.</summary>
    internal bool IsPath => _tokens.Count > 1 && _tokens[1].Kind == TokenKind.Dot;

    internal bool AtEnd => _next == _tokens.Count;

    internal SourceSpan Span =>
        _tokens.Count == 0 ? source.Span(segment.Start, segment.End - 1) : source.Span(_tokens[0].Start, _tokens[^1].End);

    internal void Skip() => _next++;

    internal bool TrySkip(string word)
    {
        bool found = !AtEnd && _tokens[_next].Kind == TokenKind.Name && _tokens[_next].Text == word;
        _next += found ? 1 : 0;
        return found;
    }

    internal bool TrySkipNot()
    {
        bool found = !AtEnd && _tokens[_next].Kind == TokenKind.Not;
        _next += found ? 1 : 0;
        return found;
    }

    internal string ReadName() => Read("a name", TokenKind.Name).Text;

    internal string ReadText() => Read("a template's name in quotes", TokenKind.Text).Text;

    internal PathExpression ReadPath()
    {
        CodeToken root = Read("a name", TokenKind.Name, TokenKind.Argument);
        var members = new List<CodeToken>();
        while (!AtEnd && _tokens[_next].Kind == TokenKind.Dot)
        {
            _next++;
            members.Add(Read("a member's name", TokenKind.Name));
        }

        return new PathExpression(root, members, source);
    }

    internal void ExpectEnd()
    {
        if (!AtEnd)
        {
            throw Problem($"`{_tokens[_next].Text}` after the end of the statement is outside the template subset of this project");
        }
    }

    internal TemplateSyntaxException Problem(string message)
    {
        SourceSpan span = AtEnd ? Span : source.Span(_tokens[_next].Start, _tokens[_next].End);
        return new TemplateSyntaxException(span, message);
    }

    private CodeToken Read(string expected, params ReadOnlySpan<TokenKind> kinds)
    {
        if (AtEnd)
        {
            throw Problem($"Expecting {expected} before the end of the tag");
        }

        CodeToken token = _tokens[_next];
        if (!kinds.Contains(token.Kind))
        {
            throw Problem($"Expecting {expected} instead of `{token.Text}`, which is outside the template subset of this project");
        }

        _next++;
        return token;
    }
}
