using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypgcn.Models.Formats;

namespace Hypgcn.Configuration;

/// <summary>Turns what System.Text.Json says into words of the file: no names of .NET types, positions from 1.</summary>
internal static partial class JsonProblem
{
    /// <summary>What is wrong and where.</summary>
    public static string Describe(JsonException problem)
    {
        string what = Position().Replace(problem.Message, "").TrimEnd('.');
        if (UnknownKey().Match(what) is { Success: true } unknown)
        {
            what = $"the key {Problem.Quoted(unknown.Groups[1].Value)} is unknown";
        }
        else if (Missing().Match(what) is { Success: true } missing)
        {
            what = $"the keys {missing.Groups[1].Value} are missing";
        }
        else if (Null().IsMatch(what))
        {
            what = "null is no value here";
        }
        else if (Duplicate().IsMatch(what))
        {
            what = "a key is there twice";
        }
        else if (OtherType().IsMatch(what))
        {
            what = "the value is of another type";
        }
        string place = problem.Path is { Length: > 1 } path ? $"{Problem.Shown(path)}, " : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Problem.Shown(what)} ({place}line {(problem.LineNumber ?? 0) + 1}, byte {(problem.BytePositionInLine ?? 0) + 1})");
    }

    [GeneratedRegex(@"\s*(Path: .*)?(\| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?$", RegexOptions.Singleline)]
    private static partial Regex Position();

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped to any", RegexOptions.Singleline)]
    private static partial Regex UnknownKey();

    [GeneratedRegex("was missing required properties including: (.*)$", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("doesn't allow setting null|Cannot get the value of a token type 'Null'")]
    private static partial Regex Null();

    [GeneratedRegex("^Duplicate property ")]
    private static partial Regex Duplicate();

    [GeneratedRegex("^The JSON value could not be converted to ")]
    private static partial Regex OtherType();
}
