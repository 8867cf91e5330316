using Scriban.Syntax;

namespace Scriban.Parsing;

/// <summary>Builds the statements of a template; ends at the first problem.</summary>
internal sealed class TemplateParser(SourceText source)
{
    private static readonly HashSet<string> OtherKeywords = new(StringComparer.Ordinal)
    {
        "break", "capture", "case", "continue", "do", "empty", "false", "func", "import", "in", "null", "readonly",
        "ret", "tablerow", "this", "true", "when", "while", "with", "wrap",
    };

    private List<Segment> _segments = [];
    private int _next;

    internal Block Parse()
    {
        _segments = new TemplateScanner(source).Scan();
        var body = new Block();
        TagReader? ending = ReadStatements(body);
        return ending is null ? body : throw ending.Problem($"Found `{ending.First}` without an opening `if` or `for`");
    }

    /// <summary>Fills a block up to the tag <c>end</c> or <c>else</c> that closes it, or null at the end of the text.</summary>
    private TagReader? ReadStatements(Block block)
    {
        while (_next < _segments.Count)
        {
            Segment segment = _segments[_next++];
            if (segment.Tokens is null)
            {
                block.Statements.Add(new TextStatement(source.Text[segment.Start..segment.End], segment.End));
                continue;
            }

            block.Statements.Add(new TagStart(IndentBefore(block)));
            var tag = new TagReader(source, segment);
            if (tag.First is "end" or "else")
            {
                return tag;
            }

            if (ReadStatement(tag) is Statement statement)
            {
                block.Statements.Add(statement);
            }

            block.Statements.Add(new TagEnd());
        }

        return null;
    }

    private Statement? ReadStatement(TagReader tag)
    {
        switch (tag.First)
        {
            case null:
                return null;
            case "if":
                return ReadIf(tag);
            case "for" when !tag.IsPath:
                return ReadFor(tag);
            case "include" when !tag.IsPath:
                return ReadInclude(tag);
            case string word when OtherKeywords.Contains(word):
                throw tag.Problem($"`{word}` is outside the template subset of this project");
            default:
                var output = new OutputStatement(tag.ReadPath());
                tag.ExpectEnd();
                return output;
        }
    }

    private IfStatement ReadIf(TagReader opening)
    {
        var statement = new IfStatement();
        TagReader tag = opening;
        while (true)
        {
            bool isElse = tag.TrySkip("else");
            PathExpression? condition = null;
            bool negated = false;
            if (tag.TrySkip("if"))
            {
                negated = tag.TrySkipNot();
                condition = tag.ReadPath();
            }
            else if (!isElse)
            {
                return statement;
            }

            tag.ExpectEnd();
            Block body = StartBody();
            TagReader ending = ReadStatements(body) ?? throw opening.Problem("The <end> statement was not found");
            statement.Branches.Add((condition, negated, body));
            if (ending.First == "end")
            {
                ending.Skip();
                ending.ExpectEnd();
                return statement;
            }

            tag = condition is not null ? ending : throw ending.Problem("Found `else` after the last `else`");
        }
    }

    private ForStatement ReadFor(TagReader tag)
    {
        tag.Skip();
        string variable = tag.ReadName();
        if (!tag.TrySkip("in"))
        {
            throw tag.Problem("Expecting `in` after the loop variable");
        }

        PathExpression list = tag.ReadPath();
        tag.ExpectEnd();
        Block body = StartBody();
        TagReader ending = ReadStatements(body) ?? throw tag.Problem("The <end> statement was not found");
        if (ending.First != "end")
        {
            throw ending.Problem("`else` in a `for` is outside the template subset of this project");
        }

        ending.Skip();
        ending.ExpectEnd();
        return new ForStatement(variable, list, body);
    }

    private static IncludeStatement ReadInclude(TagReader tag)
    {
        SourceSpan span = tag.Span;
        tag.Skip();
        string name = tag.ReadText();
        var arguments = new List<PathExpression>();
        while (!tag.AtEnd)
        {
            arguments.Add(tag.ReadPath());
        }

        return new IncludeStatement(name, arguments, span);
    }

    private static Block StartBody()
    {
        var body = new Block();
        body.Statements.Add(new TagEnd());
        return body;
    }

    /// <summary>The white space between the start of the line and a tag, or nothing where other text comes before it.</summary>
    private string IndentBefore(Block block)
    {
        if (block.Statements.Count == 0 || block.Statements[^1] is not TextStatement text)
        {
            return "";
        }

        int start = text.End;
        while (start > 0 && source.Text[start - 1] != '\n')
        {
            start--;
        }

        string before = source.Text[start..text.End];
        return string.IsNullOrWhiteSpace(before) ? before : "";
    }
}
