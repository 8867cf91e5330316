namespace Hypgcn.Emission;

/// <summary>The rules that every generated text file keeps.</summary>
public static class GeneratedText
{
    /// <summary>Passes a text through that is ASCII with LF, no tabs, no trailing blanks and one final line break.</summary>
    /// <param name="path">What the message calls the text.</param>
    /// <param name="text">The whole file.</param>
    /// <exception cref="InvalidOperationException">It breaks a rule: a bug in a template.</exception>
    public static string Check(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int line = 1;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (letter is not '\n' and (< ' ' or > '~'))
            {
                throw Broken(path, line, $"the character U+{(int)letter:X4}, which is not printable ASCII");
            }

            if (letter == '\n')
            {
                if (i > 0 && text[i - 1] == ' ')
                {
                    throw Broken(path, line, "trailing blanks");
                }

                line++;
            }
        }

        return text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal)
            ? text
            : throw Broken(path, line, "no final line break, or more than one");
    }

    private static InvalidOperationException Broken(string path, int line, string what) =>
        new(FormattableString.Invariant($"{path}({line}): the generated text has {what}."));
}
