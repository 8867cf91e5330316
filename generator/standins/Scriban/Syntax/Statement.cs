namespace Scriban.Syntax;

/// <summary>One step of rendering.</summary>
internal abstract class Statement
{
    internal abstract void Write(TemplateContext context);
}
