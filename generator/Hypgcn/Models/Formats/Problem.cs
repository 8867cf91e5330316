using System.Globalization;
using System.Text;

namespace Hypgcn.Models.Formats;

/// <summary>Builds one-line messages from text that a hostile file may have chosen.</summary>
internal static class Problem
{
    private const int LongestNameShown = 80;

    public static ModelFormatException At(string where, string what) => new($"{Shown(where)}: {what}");

    /// <summary>The name on one line, control characters escaped, cut to a readable length.</summary>
    public static string Shown(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
        {
            // A path may be long and is the user's own; a name from a file is cut.
            if (text.Length >= 4 * LongestNameShown)
                return text.Append("...").ToString();
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>A name that a file chose, in quotes, cut to 80 characters.</summary>
    public static string Quoted(string name) =>
        name.Length <= LongestNameShown ? $"'{Shown(name)}'" : $"'{Shown(name[..LongestNameShown])}...'";
}
