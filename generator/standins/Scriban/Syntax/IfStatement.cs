namespace Scriban.Syntax;

/// <summary>The first branch whose condition holds; a branch without a condition is the <c>else</c>.</summary>
internal sealed class IfStatement : Statement
{
    internal List<(PathExpression? Condition, bool Negated, Block Body)> Branches { get; } = [];

    internal override void Write(TemplateContext context)
    {
        foreach ((PathExpression? condition, bool negated, Block body) in Branches)
        {
            if (condition is null || Test(condition, context) != negated)
            {
                body.Write(context);
                return;
            }
        }
    }

    private static bool Test(PathExpression condition, TemplateContext context) =>
        condition.Evaluate(context) is bool value
            ? value
            : throw new ScriptRuntimeException(
                condition.Span, "A condition that is not a boolean is outside the template subset of this project");
}
