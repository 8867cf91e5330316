namespace Hypgcn.Hardware;

/// <summary>Bits of a register.</summary>
/// <param name="Name">Lower snake; empty where the field is the whole register.</param>
/// <param name="Low">Lowest bit, 0 to 31.</param>
/// <param name="Width">Number of bits. Fields that are written lie in bits 0 to 7, so that byte strobes are one bit.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Text">What it means, a sentence.</param>
/// <param name="Value">Of a constant: its value; else 0.</param>
public sealed record RegisterField(string Name, int Low, int Width, FieldKind Kind, string Text, uint Value = 0)
{
    /// <summary>Highest bit.</summary>
    public int High => Low + Width - 1;
}
