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

    /// <summary>Besides <see cref="Values"/>, multiples of this in the range are legal; 0 for none.</summary>
    public int MultipleOf { get; init; }

    public bool Allows(int value) =>
        value >= Least && value <= Greatest
        && (Values is null || Values.Contains(value) || (MultipleOf > 0 && value % MultipleOf == 0));

    /// <summary>"1 to 64", or "1, 2, 4, 8 or a multiple of 16 up to 256".</summary>
    public string Rule => Values is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Least} to {Greatest}")
        : string.Join(", ", Values) + (MultipleOf > 0
            ? string.Create(CultureInfo.InvariantCulture, $" or a multiple of {MultipleOf} up to {Greatest}")
            : "");
}
