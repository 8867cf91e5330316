using Scriban.Parsing;

namespace Scriban.Syntax;

/// <summary><c>{{ include 'name' argument ... }}</c>: another template's text; the first argument is its <c>$1</c>.</summary>
internal sealed class IncludeStatement(string name, IReadOnlyList<PathExpression> arguments, SourceSpan span) : Statement
{
    private const int DepthLimit = 100;

    internal override void Write(TemplateContext context)
    {
        object?[] values = [name, .. arguments.Select(argument => argument.Evaluate(context))];
        Template template = context.LoadTemplate(name, span);
        if (context.Arguments.Count >= DepthLimit)
        {
            throw new ScriptRuntimeException(span, $"Exceeding number of recursive depth limit `{DepthLimit}`");
        }

        context.Arguments.Push(values);
        try
        {
            context.Write(context.Capture(template.Body));
        }
        finally
        {
            context.Arguments.Pop();
        }
    }
}
