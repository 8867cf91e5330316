using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Hypgcn.Estimation;

/// <summary>The units that a template instantiates, with the values that a view gives their parameters: no text is rendered.</summary>
/// <typeparam name="TView">The template's view.</typeparam>
internal sealed partial class UnitTemplate<TView>
{
    private sealed record Unit(string Module, string Name, (Func<TView, object?> Member, bool Wanted)[] Conditions, (string Parameter, Func<TView, Func<string, long?>, long?> Value)[] Parameters);

    private readonly List<Unit> _units = [];

    /// <param name="template">The template's text.</param>
    /// <param name="modules">Modules that count; others have templates of their own.</param>
    internal UnitTemplate(string template, IReadOnlyCollection<string> modules)
    {
        foreach (Match match in Instance().Matches(template))
        {
            if (modules.Contains(match.Groups["module"].Value))
            {
                var parameters = Parameter().Matches(match.Groups["parameters"].Value)
                    .Select(parameter => (parameter.Groups["name"].Value, Value(parameter.Groups["value"].Value)));
                _units.Add(new Unit(match.Groups["module"].Value, match.Groups["unit"].Value, Conditions(template[..match.Index]), [.. parameters]));
            }
        }
    }

    /// <summary>The units that a view asks for: instance, module, parameters.</summary>
    /// <param name="view">Has the values.</param>
    /// <param name="contents">Contents of a memory image by the name of its file, or null where they do not matter.</param>
    /// <param name="name">The only unit that is wanted; null for all.</param>
    internal IEnumerable<(string Unit, string Module, Dictionary<string, long> Parameters)> Of(TView view, Func<string, long?> contents, string? name = null) =>
        _units.Where(unit => name is null || unit.Name == name).Where(unit => unit.Conditions.All(condition => condition.Member(view) is true == condition.Wanted)).Select(unit =>
        {
            var values = new Dictionary<string, long>(unit.Parameters.Length, StringComparer.Ordinal);
            foreach (var (parameter, value) in unit.Parameters)
            {
                if (value(view, contents) is long number)
                {
                    values[parameter] = number;
                }
            }
            return (unit.Name, unit.Module, values);
        });

    private static Func<TView, Func<string, long?>, long?> Value(string text)
    {
        if (Image().Match(text) is { Success: true } image)
        {
            var (owner, name) = (Member(image.Groups["owner"].Value), image.Groups["name"].Value);
            return (view, contents) => contents($"{owner(view)}{name}");
        }
        if (!text.StartsWith("{{", StringComparison.Ordinal))
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var constant) ? (_, _) => constant : (_, _) => null;
        }
        var path = text.Trim('{', '}', ' ');
        // Choosing among many forms asks for numbers a million times, and need not make texts that have no value.
        var property = typeof(TView).GetProperty(Pascal(path));
        if (property?.PropertyType == typeof(string))
        {
            return (_, _) => null;
        }
        if (property?.PropertyType == typeof(int))
        {
            var number = property.GetMethod!.CreateDelegate<Func<TView, int>>();
            return (view, _) => number(view);
        }
        var member = Member(path);
        return (view, _) => member(view) is int number ? number : null;
    }

    private static Func<TView, object?> Member(string path)
    {
        var names = path.Split('.');
        var type = typeof(TView);
        var properties = new List<PropertyInfo>();
        foreach (var name in names)
        {
            // Members of a loop's variable are not the view's.
            if (type.GetProperty(Pascal(name)) is not PropertyInfo property)
            {
                return _ => null;
            }
            properties.Add(property);
            type = property.PropertyType;
        }
        return view =>
        {
            object? value = view;
            for (var n = 0; n < properties.Count && value is not null; n++)
            {
                value = properties[n].GetValue(value);
            }
            return value;
        };
    }

    private static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (var word in name.Split('_', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }
        return text.ToString();
    }

    // The conditions that are open where a text ends.
    private static (Func<TView, object?> Member, bool Wanted)[] Conditions(string before)
    {
        var open = new Stack<(string Member, bool Wanted)?>();
        foreach (Match match in Statement().Matches(before))
        {
            switch (match.Groups["word"].Value)
            {
                case "if":
                    open.Push((match.Groups["rest"].Value.Trim(), true));
                    break;
                case "else" when open.Pop() is { } condition:
                    open.Push((condition.Member, !condition.Wanted));
                    break;
                case "end":
                    open.Pop();
                    break;
                case "for":
                    open.Push(null);
                    break;
            }
        }
        return [.. open.Where(condition => condition is not null).Select(condition => (Member(condition!.Value.Member), condition.Value.Wanted))];
    }

    [GeneratedRegex(@"^[ ]*(?<module>[a-z]\w*) (#\((?<parameters>[^;]*?)\n? *\) )?(?<unit>u_\w+) \(", RegexOptions.Multiline)]
    private static partial Regex Instance();

    [GeneratedRegex(@"\.(?<name>[A-Z]\w*)\((?<value>[^)]*)\)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^""mem/(\{\{ (?<owner>\w+) \}\})?(?<name>\w+\.mem)""$")]
    private static partial Regex Image();

    [GeneratedRegex(@"\{\{~? *(?<word>if|else|end|for)\b(?<rest>[^}~]*)~?\}\}")]
    private static partial Regex Statement();
}
