using System.Globalization;
using System.Numerics;

namespace Hypgcn.Estimation;

/// <summary>A constant expression over the parameters of a module.</summary>
/// <param name="slots">Values by slot.</param>
internal delegate long VerilogConstant(long[] slots);

/// <summary>
/// Compiles Verilog's constant expressions. What has no value as an integer of 63 bits (strings, vectors, concatenations) is
/// <see cref="Unknown"/>, and so is all that is made from it.
/// </summary>
/// <param name="tokens">Where it is read from.</param>
/// <param name="slotOf">Slot of a name, or null.</param>
/// <param name="textValue">Value of a string, or null if strings have none.</param>
internal sealed class VerilogExpression(VerilogTokens tokens, Func<string, int?> slotOf, Func<string, long>? textValue = null)
{
    internal const long Unknown = long.MinValue;

    private static readonly string[][] Levels =
        [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", "<=", ">", ">="], ["<<", ">>", "<<<", ">>>"], ["+", "-"], ["*", "/", "%"]];

    internal static VerilogConstant Compile(string text, Func<string, int?> slotOf) => new VerilogExpression(new VerilogTokens(text), slotOf).Parse();

    internal VerilogConstant Parse()
    {
        var condition = Binary(0);
        if (!tokens.Accept("?"))
        {
            return condition;
        }
        var yes = Parse();
        tokens.Expect(":");
        var no = Parse();
        return slots => condition(slots) switch { Unknown => Unknown, 0 => no(slots), _ => yes(slots) };
    }

    private VerilogConstant Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }
        var left = Binary(level + 1);
        while (Levels[level].Contains(tokens.Peek()))
        {
            var (first, second, name) = (left, default(VerilogConstant), tokens.Next());
            second = Binary(level + 1);
            left = Operation(name, first, second);
        }
        return left;
    }

    private static VerilogConstant Operation(string name, VerilogConstant left, VerilogConstant right)
    {
        VerilogConstant Of(Func<long, long, long> function) => slots =>
        {
            var (a, b) = (left(slots), right(slots));
            return a == Unknown || b == Unknown ? Unknown : function(a, b);
        };
        return name switch
        {
            "||" => Of((a, b) => a != 0 || b != 0 ? 1 : 0),
            "&&" => Of((a, b) => a != 0 && b != 0 ? 1 : 0),
            "|" => Of((a, b) => a | b),
            "^" => Of((a, b) => a ^ b),
            "&" => Of((a, b) => a & b),
            "==" => Of((a, b) => a == b ? 1 : 0),
            "!=" => Of((a, b) => a != b ? 1 : 0),
            "<" => Of((a, b) => a < b ? 1 : 0),
            "<=" => Of((a, b) => a <= b ? 1 : 0),
            ">" => Of((a, b) => a > b ? 1 : 0),
            ">=" => Of((a, b) => a >= b ? 1 : 0),
            "<<" or "<<<" => Of((a, b) => b is >= 0 and < 62 ? unchecked(a << (int)b) : Unknown),
            ">>" or ">>>" => Of((a, b) => b is >= 0 and < 63 ? a >> (int)b : Unknown),
            "+" => Of((a, b) => a + b),
            "-" => Of((a, b) => a - b),
            "*" => Of((a, b) => a * b),
            "/" => Of((a, b) => b == 0 ? Unknown : a / b),
            _ => Of((a, b) => b == 0 ? Unknown : a % b),
        };
    }

    private VerilogConstant Unary()
    {
        if (tokens.Peek() is "-" or "!" or "~" or "+")
        {
            var sign = tokens.Next();
            var value = Unary();
            return slots => value(slots) is var number && number == Unknown ? Unknown : sign switch
            {
                "-" => -number,
                "!" => number == 0 ? 1 : 0,
                "~" => ~number,
                _ => number,
            };
        }
        return Primary();
    }

    private VerilogConstant Primary()
    {
        switch (tokens.Peek())
        {
            case "(":
                tokens.Next();
                var inner = Parse();
                tokens.Expect(")");
                return inner;
            case "{":
                tokens.SkipBrackets();
                return _ => Unknown;
        }
        var token = tokens.Next();
        return token[0] switch
        {
            '"' => textValue is null ? _ => Unknown : _ => textValue(token.Trim('"')),
            '$' => Function(token),
            >= '0' and <= '9' => Number(token) is var number ? _ => number : null!,
            _ => Name(token),
        };
    }

    private VerilogConstant Name(string token)
    {
        var slot = slotOf(token);
        if (tokens.Peek() == "[")
        {
            tokens.SkipBrackets();
            return _ => Unknown;
        }
        return slot is int index ? slots => slots[index] : _ => Unknown;
    }

    private VerilogConstant Function(string name)
    {
        tokens.Expect("(");
        var arguments = new List<VerilogConstant> { Parse() };
        while (tokens.Accept(","))
        {
            arguments.Add(Parse());
        }
        tokens.Expect(")");
        VerilogConstant[] list = [.. arguments];
        return slots =>
        {
            Span<long> values = stackalloc long[list.Length];
            for (var n = 0; n < list.Length; n++)
            {
                values[n] = list[n](slots);
                if (values[n] == Unknown && name != ResourceFunctions.IsKnown)
                {
                    return Unknown;
                }
            }
            return ResourceFunctions.Evaluate(name, values);
        };
    }

    private static long Number(string token)
    {
        var quote = token.IndexOf('\'');
        if (quote < 0)
        {
            return long.Parse(token.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        var kind = char.ToLowerInvariant(token[quote + 1]) == 's' ? quote + 2 : quote + 1;
        var digits = token[(kind + 1)..].Replace("_", "", StringComparison.Ordinal);
        var radix = char.ToLowerInvariant(token[kind]) switch { 'b' => 2, 'h' => 16, _ => 10 };
        BigInteger value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return Unknown;
            }
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
        }
        return value <= long.MaxValue ? (long)value : Unknown;
    }
}
