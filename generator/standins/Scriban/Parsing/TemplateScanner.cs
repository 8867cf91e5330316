namespace Scriban.Parsing;

/// <summary>Cuts a template into text and tags and applies the whitespace control of the tags.</summary>
internal sealed class TemplateScanner(SourceText source)
{
    private readonly List<Segment> _segments = [];

    internal List<Segment> Scan()
    {
        int position = 0;
        while (true)
        {
            int open = FindTag(position);
            char control = open < 0 ? '\0' : source.At(open + 2);
            bool hasControl = control is '-' or '~';
            int end = open < 0 ? source.Text.Length : open;
            end = hasControl ? TrimBefore(position, end, keepLineBreak: control == '~') : end;
            if (end > position)
            {
                _segments.Add(new Segment(position, end, null));
            }

            if (open < 0)
            {
                return _segments;
            }

            position = ScanTag(open, open + (hasControl ? 3 : 2));
        }
    }

    private int FindTag(int from)
    {
        for (int i = from; i < source.Text.Length; i++)
        {
            if (source.Text[i] != '{')
            {
                continue;
            }

            int next = i + 1;
            while (source.At(next) == '%')
            {
                next++;
            }

            if (source.At(next) != '{')
            {
                continue;
            }

            return next == i + 1 ? i : throw Unsupported("an escape block `{%{`", i, next);
        }

        return -1;
    }

    private int TrimBefore(int start, int end, bool keepLineBreak)
    {
        while (end > start && char.IsWhiteSpace(source.Text[end - 1]) && !(keepLineBreak && source.Text[end - 1] == '\n'))
        {
            end--;
        }

        return end;
    }

    private int ScanTag(int open, int position)
    {
        var tokens = new List<CodeToken>();
        while (!IsTagEnd(position))
        {
            char letter = source.At(position);
            if (position >= source.Text.Length)
            {
                throw new TemplateSyntaxException(source.Span(open, open + 1), "The tag is not closed by `}}`");
            }

            if (letter is ' ' or '\t')
            {
                position++;
            }
            else if (letter == '#')
            {
                position = SkipComment(position);
            }
            else
            {
                CodeToken token = ReadToken(letter, position);
                tokens.Add(token);
                position = token.End + 1;
            }
        }

        char control = source.At(position);
        int end = position + (control == '}' ? 2 : 3);
        _segments.Add(new Segment(open, end, tokens));
        return control == '}' ? end : SkipAfter(end, throughLineBreak: control == '~');
    }

    private bool IsTagEnd(int position)
    {
        int brace = source.At(position) is '-' or '~' ? position + 1 : position;
        return source.At(brace) == '}' && source.At(brace + 1) == '}';
    }

    private int SkipAfter(int position, bool throughLineBreak)
    {
        while (char.IsWhiteSpace(source.At(position)))
        {
            bool lineBreak = source.At(position) == '\n';
            position++;
            if (lineBreak && throughLineBreak)
            {
                break;
            }
        }

        return position;
    }

    private int SkipComment(int position)
    {
        bool block = source.At(position + 1) == '#';
        position += block ? 2 : 1;
        while (position < source.Text.Length && !IsTagEnd(position))
        {
            if (block && source.At(position) == '#' && source.At(position + 1) == '#')
            {
                return position + 2;
            }

            if (!block && source.At(position) is '\n' or '\r')
            {
                break;
            }

            position++;
        }

        return position;
    }

    private CodeToken ReadToken(char letter, int start)
    {
        switch (letter)
        {
            case '.':
                return new CodeToken(TokenKind.Dot, ".", start, start);
            case '!' when source.At(start + 1) != '=':
                return new CodeToken(TokenKind.Not, "!", start, start);
            case '$' when char.IsAsciiDigit(source.At(start + 1)):
                int lastDigit = LastOf(start + 1, char.IsAsciiDigit);
                return new CodeToken(TokenKind.Argument, source.Text[(start + 1)..(lastDigit + 1)], start, lastDigit);
            case '\'' or '"':
                return ReadText(letter, start);
            case '\n' or '\r':
                throw Unsupported("a line break inside a tag", start, start);
        }

        if (!IsNameLetter(letter) || char.IsDigit(letter))
        {
            throw Unsupported($"`{letter}`", start, start);
        }

        int last = LastOf(start, IsNameLetter);
        return new CodeToken(TokenKind.Name, source.Text[start..(last + 1)], start, last);
    }

    private CodeToken ReadText(char quote, int start)
    {
        int end = source.Text.IndexOfAny([quote, '\n', '\\'], start + 1);
        if (end < 0 || source.Text[end] != quote)
        {
            throw end >= 0 && source.Text[end] == '\\'
                ? Unsupported("an escape sequence in a string", end, end)
                : new TemplateSyntaxException(source.Span(start, start), "The string is not closed");
        }

        return new CodeToken(TokenKind.Text, source.Text[(start + 1)..end], start, end);
    }

    private int LastOf(int position, Func<char, bool> belongs)
    {
        while (belongs(source.At(position + 1)))
        {
            position++;
        }

        return position;
    }

    private static bool IsNameLetter(char letter) => letter == '_' || char.IsLetterOrDigit(letter);

    private TemplateSyntaxException Unsupported(string construct, int start, int end) =>
        new(source.Span(start, end), $"{construct} is outside the template subset of this project");
}
