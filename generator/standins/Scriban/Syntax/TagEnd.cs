namespace Scriban.Syntax;

/// <summary>Back to the indentation of the surrounding block.</summary>
internal sealed class TagEnd : Statement
{
    internal override void Write(TemplateContext context)
    {
    }
}
