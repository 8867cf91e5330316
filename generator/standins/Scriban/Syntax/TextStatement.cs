namespace Scriban.Syntax;

/// <summary>Text that is copied; <see cref="End"/> is the offset after its last character.</summary>
internal sealed class TextStatement(string text, int end) : Statement
{
    internal int End { get; } = end;

    internal override void Write(TemplateContext context) => context.Write(text);
}
