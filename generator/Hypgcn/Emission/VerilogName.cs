using System.Text.RegularExpressions;

namespace Hypgcn.Emission;

/// <summary>
/// The names of one module (or of all modules of one design): each <c>lower_snake</c> or, for constants,
/// <c>ALL_CAPS</c>; no keyword; and no two equal when case is ignored. A name that breaks this is a bug and throws.
/// </summary>
public sealed partial class VerilogName
{
    private const int LengthLimit = 64;

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks a module, signal or instance name and takes it.</summary>
    /// <returns>The same name.</returns>
    /// <exception cref="ArgumentException">It has another form, is a keyword or is taken.</exception>
    public string Take(string name) => TakeUnique(Signal(name));

    /// <summary>Checks the name of a constant (<c>ALL_CAPS</c>) and takes it.</summary>
    /// <returns>The same name.</returns>
    /// <exception cref="ArgumentException">It has another form or is taken, by a signal also in lower case.</exception>
    public string TakeConstant(string name) => TakeUnique(Constant(name));

    /// <summary>Checks the form of a module, signal or instance name.</summary>
    /// <returns>The same name.</returns>
    /// <exception cref="ArgumentException">It is not <c>lower_snake</c>, too long or a keyword.</exception>
    public static string Signal(string name) => Check(name, LowerSnake(), "lower_snake");

    /// <summary>Checks the form of the name of a localparam or parameter.</summary>
    /// <returns>The same name.</returns>
    /// <exception cref="ArgumentException">It is not <c>ALL_CAPS</c> or too long.</exception>
    public static string Constant(string name) => Check(name, AllCaps(), "ALL_CAPS");

    private static string Check(string name, Regex form, string formName)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!form.IsMatch(name))
        {
            throw new ArgumentException($"`{name}` is not {formName}.", nameof(name));
        }

        if (name.Length > LengthLimit)
        {
            throw new ArgumentException($"`{name}` has {name.Length} letters; the limit is {LengthLimit}.", nameof(name));
        }

        return VerilogKeywords.Contains(name)
            ? throw new ArgumentException($"`{name}` is a keyword of Verilog or SystemVerilog.", nameof(name))
            : name;
    }

    private string TakeUnique(string name) => _taken.Add(name)
        ? name
        : throw new ArgumentException($"`{name}` is already taken, perhaps in another case.", nameof(name));

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnake();

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex AllCaps();
}
