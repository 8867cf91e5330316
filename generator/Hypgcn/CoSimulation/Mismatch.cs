using System.Globalization;

namespace Hypgcn.CoSimulation;

/// <summary>One place where the hardware differs from the golden model.</summary>
public sealed record Mismatch
{
    public required MismatchKind Kind { get; init; }

    /// <summary>Name of the boundary; <c>logits</c> at the output.</summary>
    public required string Boundary { get; init; }

    /// <summary>0 for x0, else the 1-based block; null at the output.</summary>
    public int? Block { get; init; }

    /// <summary>Index in the user's file; null where it cannot be said.</summary>
    public int? Clip { get; init; }

    public int? Person { get; init; }

    public int? Frame { get; init; }

    public int? Joint { get; init; }

    /// <summary>Channel; at the output the class.</summary>
    public int? Channel { get; init; }

    /// <summary>Cycle in which it passed; null where nothing came.</summary>
    public long? Cycle { get; init; }

    /// <summary>Null where nothing should come.</summary>
    public long? Expected { get; init; }

    /// <summary>Null where nothing came.</summary>
    public long? Actual { get; init; }

    /// <summary>Bits of the two values, for their hexadecimal form.</summary>
    public required int Bits { get; init; }

    /// <summary><see cref="Expected"/> as the waveform shows it.</summary>
    public string? ExpectedHex => Hex(Expected);

    /// <summary><see cref="Actual"/> as the waveform shows it.</summary>
    public string? ActualHex => Hex(Actual);

    /// <summary>One line.</summary>
    public override string ToString()
    {
        (string Name, long? Value)[] parts =
            [("clip", Clip), ("person", Person), ("frame", Frame), ("joint", Joint), ("channel", Channel), ("cycle", Cycle)];
        string place = string.Join(", ", parts.Where(part => part.Value is not null)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Value}")));
        string what = Kind switch
        {
            MismatchKind.HotCode => "hot code is",
            MismatchKind.Last => "TLAST is",
            _ => "is",
        };
        return $"{Boundary}: {place}: {what} {Text(Actual, ActualHex)}; expected {Text(Expected, ExpectedHex)}";
    }

    private string? Hex(long? value)
    {
        if (value is not long number)
        {
            return null;
        }

        ulong bits = unchecked((ulong)number) & (Bits >= 64 ? ulong.MaxValue : (1UL << Bits) - 1);
        return "0x" + bits.ToString($"x{(Bits + 3) / 4}", CultureInfo.InvariantCulture);
    }

    private static string Text(long? value, string? hex) =>
        value is long number ? string.Create(CultureInfo.InvariantCulture, $"{number} ({hex})") : "nothing";
}
