using System.Text.RegularExpressions;

namespace Hypgcn.Estimation;

/// <summary>The words and signs of a Verilog text, one after another.</summary>
internal sealed partial class VerilogTokens
{
    private readonly string[] _tokens;
    private int _position;

    internal VerilogTokens(string text) =>
        _tokens = [.. Token().Matches(Comment().Replace(text, " ")).Select(match => match.Value)];

    internal bool AtEnd => _position >= _tokens.Length;

    internal string Peek(int ahead = 0) => _position + ahead < _tokens.Length ? _tokens[_position + ahead] : "";

    internal string Next() => _position < _tokens.Length ? _tokens[_position++] : throw new FormatException("the Verilog ends too early");

    internal bool Accept(string token)
    {
        if (Peek() != token)
        {
            return false;
        }
        _position++;
        return true;
    }

    internal void Expect(string token)
    {
        if (!Accept(token))
        {
            throw new FormatException($"`{Peek()}` stands where `{token}` is expected");
        }
    }

    /// <summary>Passes everything up to the bracket that closes the one here.</summary>
    internal void SkipBrackets()
    {
        var depth = 0;
        do
        {
            var token = Next();
            depth += token is "(" or "[" or "{" ? 1 : token is ")" or "]" or "}" ? -1 : 0;
        }
        while (depth > 0);
    }

    /// <summary>Passes a procedural statement.</summary>
    internal void SkipStatement()
    {
        switch (Next())
        {
            case "begin":
                if (Accept(":"))
                {
                    Next();
                }
                while (!Accept("end"))
                {
                    SkipStatement();
                }
                break;
            case "if":
                SkipBrackets();
                SkipStatement();
                if (Accept("else"))
                {
                    SkipStatement();
                }
                break;
            case "for":
                SkipBrackets();
                SkipStatement();
                break;
            case "case":
                while (Next() != "endcase")
                {
                }
                break;
            case ";":
                break;
            default:
                SkipToSemicolon();
                break;
        }
    }

    internal void SkipToSemicolon()
    {
        while (Next() != ";")
        {
        }
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|\(\*.*?\*\)|^[ \t]*`[^\n]*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"""[^""]*""|\d+'[sS]?[bBhHdD][0-9a-fA-F_xXzZ]+|[$A-Za-z_][\w$]*|\d[\d_]*|<<<|>>>|<<|>>|<=|>=|==|!=|&&|\|\||\S")]
    private static partial Regex Token();
}
