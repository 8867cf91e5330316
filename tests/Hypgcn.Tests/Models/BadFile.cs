using System.Text.RegularExpressions;
using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

/// <summary>The message that a bad file gets, its path replaced by FILE.</summary>
internal static class BadFile
{
    public static string Message(string name, byte[] bytes, Action<string> read)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name, bytes);
        ModelFormatException problem = Assert.Throws<ModelFormatException>(() => read(path))!;
        // The bytes read before depend on the size of the writer's pickle, not on the reader.
        return Regex.Replace(problem.Message.Replace(path, "FILE", StringComparison.Ordinal), "beyond [0-9]+ already", "beyond READ already");
    }

    public static string Message(string name, string text, Action<string> read) => Message(name, System.Text.Encoding.UTF8.GetBytes(text), read);
}
