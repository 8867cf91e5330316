namespace Scriban.Parsing;

internal enum TokenKind
{
    Name,
    Argument,
    Text,
    Dot,
    Not,
}
