using System.Globalization;
using System.Numerics;

namespace Hypgcn.Emission;

/// <summary>Writes numbers as sized Verilog literals; a number that does not fit its width is a bug and throws.</summary>
public static class VerilogLiteral
{
    /// <summary><c>16'sd5</c> or <c>-16'sd5</c>.</summary>
    /// <param name="value">-2^(width-1) ... 2^(width-1)-1.</param>
    /// <param name="widthBits">At least 1.</param>
    /// <remarks>
    /// The most negative number is written in hexadecimal (<c>16'sh8000</c>): its magnitude does not fit the width, so
    /// linters reject <c>-16'sd32768</c>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit.</exception>
    public static string Signed(BigInteger value, int widthBits)
    {
        CheckWidth(widthBits);
        BigInteger half = BigInteger.One << (widthBits - 1);
        CheckRange(value, -half, half - 1, widthBits);
        if (value == -half)
        {
            return Format(widthBits, "sh", Hexadecimal(half, widthBits));
        }

        return value < 0 ? $"-{Format(widthBits, "sd", Decimal(-value))}" : Format(widthBits, "sd", Decimal(value));
    }

    /// <summary><c>16'd5</c>.</summary>
    /// <param name="value">0 ... 2^width-1.</param>
    /// <param name="widthBits">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit.</exception>
    public static string Unsigned(BigInteger value, int widthBits)
    {
        CheckUnsigned(value, widthBits);
        return Format(widthBits, "d", Decimal(value));
    }

    /// <summary><c>16'h00ff</c>, with all digits of the width.</summary>
    /// <param name="value">0 ... 2^width-1.</param>
    /// <param name="widthBits">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit.</exception>
    public static string Hex(BigInteger value, int widthBits)
    {
        CheckUnsigned(value, widthBits);
        return Format(widthBits, "h", Hexadecimal(value, widthBits));
    }

    /// <summary><c>4'b0101</c>, with all digits of the width.</summary>
    /// <param name="value">0 ... 2^width-1.</param>
    /// <param name="widthBits">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit.</exception>
    public static string Binary(BigInteger value, int widthBits)
    {
        CheckUnsigned(value, widthBits);
        IEnumerable<char> digits = Enumerable.Range(0, widthBits)
            .Select(i => ((value >> (widthBits - 1 - i)) & BigInteger.One).IsOne ? '1' : '0');
        return Format(widthBits, "b", string.Concat(digits));
    }

    /// <summary>The bits of a two's complement number as hexadecimal digits without a prefix: a line for $readmemh.</summary>
    /// <param name="value">-2^(width-1) ... 2^width-1.</param>
    /// <param name="widthBits">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit.</exception>
    public static string MemoryWord(BigInteger value, int widthBits)
    {
        CheckWidth(widthBits);
        BigInteger range = BigInteger.One << widthBits;
        CheckRange(value, -(range >> 1), range - 1, widthBits);
        return Hexadecimal(value < 0 ? value + range : value, widthBits);
    }

    private static string Format(int widthBits, string radix, string digits) =>
        string.Create(CultureInfo.InvariantCulture, $"{widthBits}'{radix}{digits}");

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hexadecimal(BigInteger value, int widthBits)
    {
        int digits = (widthBits + 3) / 4;
        string text = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return text.PadLeft(digits, '0');
    }

    private static void CheckUnsigned(BigInteger value, int widthBits)
    {
        CheckWidth(widthBits);
        CheckRange(value, BigInteger.Zero, (BigInteger.One << widthBits) - 1, widthBits);
    }

    private static void CheckWidth(int widthBits) => ArgumentOutOfRangeException.ThrowIfLessThan(widthBits, 1);

    private static void CheckRange(BigInteger value, BigInteger least, BigInteger most, int widthBits)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{widthBits} bits hold {least} to {most}.");
        }
    }
}
