namespace Scriban.Syntax;

/// <summary><c>{{ path }}</c>: the printed value.</summary>
internal sealed class OutputStatement(PathExpression path) : Statement
{
    internal override void Write(TemplateContext context)
    {
        string? text = path.Evaluate(context) switch
        {
            null => null,
            string value => value,
            bool value => value ? "true" : "false",
            char value => value.ToString(),
            IFormattable value and not (DateTime or DateTimeOffset) => value.ToString(null, context.CurrentCulture),
            object other => throw new ScriptRuntimeException(
                path.Span, $"Printing a value of type `{other.GetType()}` is outside the template subset of this project"),
        };
        if (text is not null)
        {
            context.Write(text);
        }
    }
}
