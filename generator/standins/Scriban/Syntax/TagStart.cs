namespace Scriban.Syntax;

/// <summary>From here to the end of the tag, every new line that is written starts with the tag's own indentation.</summary>
internal sealed class TagStart(string indent) : Statement
{
    internal string Indent { get; } = indent;

    internal override void Write(TemplateContext context)
    {
    }
}
