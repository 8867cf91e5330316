using System.Globalization;

namespace Hypgcn.Synthesis;

/// <summary>A module with the parameters of an instance: what makes two instances the same hardware.</summary>
/// <param name="Name">Module.</param>
/// <param name="Parameters">Verilog constants by name, in order of the names.</param>
public sealed record ModuleConfiguration(string Name, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>One line that tells configurations apart.</summary>
    public string Text => Parameters.Count == 0 ? Name : $"{Name} {string.Join(' ', Parameters.Select(entry => $"{entry.Key}={entry.Value}"))}";

    /// <summary>A configuration with its parameters in order.</summary>
    public static ModuleConfiguration Of(string name, IEnumerable<KeyValuePair<string, string>> parameters) =>
        new(name, new SortedDictionary<string, string>(parameters.ToDictionary(), StringComparer.Ordinal));

    /// <summary>A parameter as an integer, or the value given where it is not set or no plain integer.</summary>
    public int Integer(string parameter, int otherwise) =>
        Parameters.TryGetValue(parameter, out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    /// <summary>The parameters that are plain integers.</summary>
    public IReadOnlyDictionary<string, long> Integers() => Parameters
        .Where(entry => long.TryParse(entry.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        .ToDictionary(entry => entry.Key, entry => long.Parse(entry.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(ModuleConfiguration? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
