namespace Scriban.Parsing;

/// <summary>A template's text, which can say where an offset is.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    internal SourceText(string text, string fileName)
    {
        Text = text;
        FileName = fileName;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    internal string Text { get; }

    internal string FileName { get; }

    /// <summary>The character at an offset, or NUL past the end.</summary>
    internal char At(int offset) => offset < Text.Length ? Text[offset] : '\0';

    internal SourceSpan Span(int start, int end) => new(FileName, Position(start), Position(end));

    private TextPosition Position(int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return new TextPosition(offset, line, offset - _lineStarts[line]);
    }
}
