namespace Scriban.Syntax;

/// <summary>Statements in order, written one after the other.</summary>
internal sealed class Block
{
    internal List<Statement> Statements { get; } = [];

    internal void Write(TemplateContext context)
    {
        string? outerIndent = context.CurrentIndent;
        try
        {
            foreach (Statement statement in Statements)
            {
                switch (statement)
                {
                    case TagStart start:
                        context.CurrentIndent = start.Indent;
                        break;
                    case TagEnd:
                        context.CurrentIndent = outerIndent;
                        break;
                    default:
                        statement.Write(context);
                        break;
                }
            }
        }
        finally
        {
            context.CurrentIndent = outerIndent;
        }
    }
}
