using System.Collections;
using System.Globalization;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary><c>name.member.member</c>, <c>$1.member</c> or <c>for.first</c>.</summary>
internal sealed class PathExpression(CodeToken root, IReadOnlyList<CodeToken> members, SourceText source)
{
    internal SourceSpan Span => source.Span(root.Start, members.Count == 0 ? root.End : members[^1].End);

    internal object? Evaluate(TemplateContext context)
    {
        if (root is { Kind: TokenKind.Name, Text: "for" })
        {
            return EvaluateLoopMember(context);
        }

        object? value = root.Kind == TokenKind.Argument ? Argument(context) : Variable(context);
        foreach (CodeToken member in members)
        {
            value = Member(context, value, member);
        }

        return value;
    }

    private object EvaluateLoopMember(TemplateContext context)
    {
        if (!context.Loops.TryPeek(out LoopScope? loop))
        {
            throw Problem(root, "The variable or function `for` was not found");
        }

        return members is [{ Text: var name }]
            ? name switch
            {
                "first" => loop.Index == 0,
                "last" => loop.IsLast,
                "index" => loop.Index,
                _ => throw Problem(members[0], $"`for.{name}` is outside the template subset of this project"),
            }
            : throw Problem(root, "`for` without one member is outside the template subset of this project");
    }

    private object? Argument(TemplateContext context)
    {
        int index = int.Parse(root.Text, CultureInfo.InvariantCulture);
        return context.Arguments.TryPeek(out object?[]? arguments) && index < arguments.Length
            ? arguments[index]
            : throw Problem(root, $"The argument `${root.Text}` was not given");
    }

    private object? Variable(TemplateContext context) =>
        context.TryFind(root.Text, out object? value)
            ? value
            : throw Problem(root, $"The variable or function `{root.Text}` was not found");

    private object? Member(TemplateContext context, object? target, CodeToken member)
    {
        switch (target)
        {
            case null:
                throw Problem(member, $"Cannot get the member `{member.Text}` of a null object");
            case ScriptObject script:
                return script.TryGetValue(member.Text, out object? value) ? value : throw Missing(member);
            case string or IEnumerable:
            case IConvertible:
                throw Problem(
                    member, $"A member of a `{target.GetType()}` is outside the template subset of this project");
            default:
                return context.MembersOf(target.GetType()).TryGetValue(member.Text, out Func<object, object?>? read)
                    ? read(target)
                    : throw Missing(member);
        }
    }

    private ScriptRuntimeException Missing(CodeToken member) =>
        Problem(member, $"Cannot get member with name {member.Text}.");

    private ScriptRuntimeException Problem(CodeToken at, string message) =>
        new(source.Span(at.Start, at.End), message);
}
