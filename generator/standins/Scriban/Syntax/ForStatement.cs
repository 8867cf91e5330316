using System.Collections;

namespace Scriban.Syntax;

/// <summary><c>{{ for name in list }}</c>.</summary>
internal sealed class ForStatement(string variable, PathExpression list, Block body) : Statement
{
    internal override void Write(TemplateContext context)
    {
        object? value = list.Evaluate(context);
        if (value is null)
        {
            return;
        }

        if (value is string or IDictionary || value is not IEnumerable items)
        {
            throw new ScriptRuntimeException(
                list.Span, $"A loop over `{value.GetType()}` is outside the template subset of this project");
        }

        IEnumerator item = items.GetEnumerator();
        bool more = item.MoveNext();
        for (int index = 0; more; index++)
        {
            object? current = item.Current;
            more = item.MoveNext();
            context.Loops.Push(new LoopScope(variable, current, index, IsLast: !more));
            try
            {
                body.Write(context);
            }
            finally
            {
                context.Loops.Pop();
            }
        }
    }
}
