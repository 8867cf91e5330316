using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypgcn.Models.Formats;
using Hypgcn.Reference;
using Hypgcn.Sparsity;

namespace Hypgcn.Configuration;

/// <summary>Collects everything that is out of range in a configuration, in file order.</summary>
internal static partial class ConfigurationRules
{
    // More than any network has blocks; each entry can be a problem.
    private const int MostEntries = 1000;

    public static IReadOnlyList<string> Check(AcceleratorConfiguration configuration)
    {
        var problems = new List<string>();
        CheckObject("", configuration, problems);
        return problems;
    }

    private static void CheckObject(string prefix, object value, List<string> problems)
    {
        foreach (var property in value.GetType().GetProperties().Where(p => p.GetMethod!.IsPublic && !p.GetMethod.IsStatic))
        {
            var key = prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            CheckValue(key, property, property.GetValue(value), problems);
        }
    }

    private static void CheckValue(string key, PropertyInfo property, object? value, List<string> problems)
    {
        switch (value)
        {
            case ICollection { Count: > MostEntries } list:
                problems.Add($"{key}: {list.Count} entries; a list has at most {MostEntries}. Remove the entries beyond.");
                break;
            case int number when property.GetCustomAttribute<LegalAttribute>() is { } legal && !legal.Allows(number):
                problems.Add($"{key}: {number}; it must be {legal.Rule}. Change it or leave it out for the default.");
                break;
            case double number when property.GetCustomAttribute<LegalAttribute>() is { } legal && !(number >= legal.Least && number <= legal.Greatest):
                problems.Add(FormattableString.Invariant($"{key}: {number}; it must be {legal.Rule}. Change it or leave it out for the default."));
                break;
            case string text:
                CheckText(key, text, problems);
                break;
            case IReadOnlyList<int> words when property.DeclaringType == typeof(BlockHardware) && property.Name.EndsWith("Words", StringComparison.Ordinal):
                if (words.Count != RfcRule.MiniBanks)
                {
                    problems.Add($"{key}: {words.Count} numbers; an RFC FIFO has {RfcRule.MiniBanks} mini-banks. Give one number for each.");
                }
                break;
            case IReadOnlyList<int> when property.Name == nameof(BlockHardware.TemporalJointEngines):
                // Checked against the network's joints.
                break;
            case NetworkSparsity sparsity:
                problems.AddRange(sparsity.Problems().Select(problem => $"{key}.{problem}"));
                break;
            case IReadOnlyList<int> numbers when property.GetCustomAttribute<LegalAttribute>() is { } legal:
                problems.AddRange(numbers.Select((number, n) => (number, n)).Where(entry => !legal.Allows(entry.number)).Select(
                    entry => $"{key}[{entry.n}]: {entry.number}; it must be {legal.Rule}. Change it or leave out all {key}."));
                break;
            case FormatChoice { Formats: { } formats }:
                CheckWidth(key, formats.FeatureBits, problems);
                problems.AddRange(formats.Blocks.Select((block, n) => (block, n)).Where(entry => entry.block is null).Select(
                    entry => $"{key}.blocks[{entry.n}]: it is null; an entry is an object. Run hypgcn quantize again."));
                break;
            case PruningConfiguration pruning:
                CheckObject(key + ".", value, problems);
                PruningRules.Check(key, pruning, problems);
                break;
            case IReadOnlyList<IReadOnlyList<int>>:
                // Checked with the rest of the schedule.
                break;
            case HardwareConfiguration or BlockHardware or RfcConfiguration:
                CheckObject(key + ".", value, problems);
                break;
            case IEnumerable items:
                foreach (var (item, n) in items.Cast<object?>().Select((item, n) => (item, n)))
                {
                    CheckItem($"{key}[{n}]", item, problems);
                }
                break;
        }
    }

    private static void CheckItem(string key, object? item, List<string> problems)
    {
        if (item is null)
        {
            problems.Add($"{key}: it is null; an entry is an object. Write {{}} for an entry without keys.");
            return;
        }
        CheckObject(key + ".", item, problems);
    }

    private static void CheckText(string key, string text, List<string> problems)
    {
        if (key == "name" && !Name().IsMatch(text))
        {
            problems.Add($"{key}: {Problem.Quoted(text)}; a name is a letter, then letters, digits, '-' and '_', 64 at most. Choose such a name.");
        }
        else if (key == "stream" && text is not (AcceleratorConfiguration.Joint or AcceleratorConfiguration.Bone))
        {
            problems.Add($"{key}: {Problem.Quoted(text)}; it must be joint or bone. Choose one or leave it out for joint.");
        }
        else if (key == "part" && !PartName().IsMatch(text))
        {
            problems.Add($"{key}: '{text}'; a part is letters, digits, '-', '.' and '_', as Vivado names it. Write such a name or leave it out for the default.");
        }
        else if (text.Length == 0)
        {
            problems.Add($"{key}: it is empty; a name or path is needed. Fill it in or leave it out for the default.");
        }
        else if (text.Any(char.IsControl))
        {
            problems.Add($"{key}: {Problem.Quoted(text)}; a name or path has no control characters. Change it or leave it out for the default.");
        }
    }

    private static void CheckWidth(string key, int bits, List<string> problems)
    {
        if (bits is < 4 or > 16)
        {
            problems.Add($"{key}.feature_bits: {bits}; it must be 4 to 16. Run hypgcn quantize again.");
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    // It is printed into Tcl.
    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PartName();
}
