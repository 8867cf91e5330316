using System.Globalization;

namespace Hypgcn.Configuration;

/// <summary>Legal values of an integer property: the one source for the validation and the JSON schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LegalAttribute(int least, int greatest) : Attribute
{
    public int Least { get; } = least;

    public int Greatest { get; } = greatest;

    /// <summary>Null allows every value of the range.</summary>
    public int[]? Values { get; init; }

    public bool Allows(int value) =>
        value >= Least && value <= Greatest
        && (Values is null || Values.Contains(value));

    /// <summary>"1 to 64", or "1, 2, 4, 8".</summary>
    public string Rule => Values is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Least} to {Greatest}")
        : string.Join(", ", Values);
}
