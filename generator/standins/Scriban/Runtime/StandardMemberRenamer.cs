using System.Reflection;
using System.Text;

namespace Scriban.Runtime;

/// <summary>
/// Turns <c>DspCount</c> into <c>dsp_count</c>: an upper-case letter that does not follow another one starts a word.
/// So <c>Bram36</c> is <c>bram36</c>, <c>Bram36Count</c> is <c>bram36_count</c> and <c>XBits</c> is <c>xbits</c>.
/// </summary>
public sealed class StandardMemberRenamer
{
    public static readonly MemberRenamerDelegate Default = Rename;

    public static string Rename(MemberInfo member) => Rename(member.Name);

    public static string Rename(string name)
    {
        var renamed = new StringBuilder(name.Length + 8);
        bool afterUpper = true;
        foreach (char letter in name)
        {
            bool upper = char.IsUpper(letter);
            if (upper && !afterUpper)
            {
                renamed.Append('_');
            }

            renamed.Append(upper ? char.ToLowerInvariant(letter) : letter);
            afterUpper = upper;
        }

        return renamed.ToString();
    }
}
