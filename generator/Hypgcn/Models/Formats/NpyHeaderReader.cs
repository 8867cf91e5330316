using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Hypgcn.Models.Formats;

/// <summary>Parses the header of an .npy array, versions 1 to 3: a Python dict with exactly descr, fortran_order and shape.</summary>
internal sealed class NpyHeaderReader
{
    /// <summary>Largest header that is read; numpy's own limit is 10000.</summary>
    private const int LargestHeaderBytes = 65536;
    private const int MostAxes = 32;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];
    private readonly string _where;
    private readonly string _text;
    private int _position;

    private NpyHeaderReader(string where, string text)
    {
        _where = where;
        _text = text;
    }

    /// <summary>Reads the header and leaves the stream at the first value.</summary>
    public static NpyHeader Read(string where, Stream stream)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..8], 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic))
            throw Problem.At(where, "the file does not start as an .npy array; arrays are saved with numpy.save. Save it again.");
        int major = start[6];
        if (major is < 1 or > 3)
            throw Problem.At(where, $"the .npy version is {major}.{start[7]}; versions 1 to 3 are read. Save it with a current numpy.");

        int lengthBytes = major == 1 ? 2 : 4;
        if (stream.ReadAtLeast(start[8..(8 + lengthBytes)], lengthBytes, throwOnEndOfStream: false) < lengthBytes)
            throw Truncated(where);
        uint length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LargestHeaderBytes)
            throw Problem.At(where, $"the .npy header has {length} bytes; at most {LargestHeaderBytes} are read. Check where the file comes from.");

        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Truncated(where);
        string text = (major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        return new NpyHeaderReader(where, text).Parse(8 + lengthBytes + bytes.Length);
    }

    private static ModelFormatException Truncated(string where) =>
        Problem.At(where, "the file ends inside the .npy header; it is truncated. Copy or save it again.");

    private ModelFormatException Malformed() => Problem.At(_where,
        $"the .npy header {Problem.Quoted(_text.Trim())} is wrong at character {_position}; it is a dict of descr, fortran_order and shape. Save it again.");

    private NpyHeader Parse(int dataOffset)
    {
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            string key = Text();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = Descr(); break;
                case "fortran_order" when fortran is null: fortran = Bool(); break;
                case "shape" when shape is null: shape = Shape(); break;
                default: throw Malformed();
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        SkipBlanks();
        if (descr is null || fortran is null || shape is null || _position != _text.Length)
            throw Malformed();
        (ElementKind kind, bool big) = Element(descr);
        return new NpyHeader(kind, big, fortran.Value, CheckedShape(shape), dataOffset);
    }

    private int[] CheckedShape(long[] shape)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            if (extent > Array.MaxLength || (extent > 0 && count > Array.MaxLength / extent))
            {
                throw Problem.At(_where, $"the array has shape [{string.Join(", ", shape)}]; an array has at most {Array.MaxLength} values. Split it.");
            }

            count *= extent;
        }

        return Array.ConvertAll(shape, x => (int)x);
    }

    private (ElementKind Kind, bool BigEndian) Element(string descr)
    {
        ElementKind? kind = descr.Length < 2 ? null : descr[1..] switch
        {
            "b1" => ElementKind.Bool,
            "i1" => ElementKind.Int8,
            "i2" => ElementKind.Int16,
            "i4" => ElementKind.Int32,
            "i8" => ElementKind.Int64,
            "u1" => ElementKind.UInt8,
            "u2" => ElementKind.UInt16,
            "u4" => ElementKind.UInt32,
            "u8" => ElementKind.UInt64,
            "f2" => ElementKind.Float16,
            "f4" => ElementKind.Float32,
            "f8" => ElementKind.Float64,
            _ => null,
        };
        if (kind is null || descr[0] is not ('<' or '>' or '|' or '='))
            throw Problem.At(_where, $"the array's type is {Problem.Quoted(descr)}; b1, i1 to i8, u1 to u8 and f2 to f8 are read. Convert it with numpy's astype.");
        return (kind.Value, descr[0] == '>');
    }

    private string Descr()
    {
        SkipBlanks();
        // A structured or object array has a list here: name the rule, not the character.
        if (_position < _text.Length && _text[_position] is '[' or '(')
            throw Problem.At(_where, "the array is structured; plain numbers are read. Save one field as an array of its own.");
        return Text();
    }

    private string Text()
    {
        SkipBlanks();
        if (_position >= _text.Length || _text[_position] is not ('\'' or '"'))
            throw Malformed();
        int end = _text.IndexOf(_text[_position], _position + 1);
        if (end < 0 || _text.IndexOf('\\', _position, end - _position) >= 0)
            throw Malformed();
        string text = _text[(_position + 1)..end];
        _position = end + 1;
        return text;
    }

    private bool Bool()
    {
        SkipBlanks();
        foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
        {
            if (_text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal))
            {
                _position += word.Length;
                return value;
            }
        }

        throw Malformed();
    }

    private long[] Shape()
    {
        var shape = new List<long>();
        Expect('(');
        while (!Accept(')'))
        {
            SkipBlanks();
            int start = _position;
            while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
                _position++;
            if (!long.TryParse(_text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out long extent) || shape.Count == MostAxes)
                throw Malformed();
            Accept('L'); // Python 2 wrote 3L
            shape.Add(extent);
            if (!Accept(','))
            {
                // (3) is a number in Python, not a tuple.
                if (shape.Count == 1)
                    throw Malformed();
                Expect(')');
                break;
            }
        }

        return [.. shape];
    }

    private void Expect(char c)
    {
        if (!Accept(c))
            throw Malformed();
    }

    private bool Accept(char c)
    {
        SkipBlanks();
        if (_position >= _text.Length || _text[_position] != c)
            return false;
        _position++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\r' or '\t')
            _position++;
    }
}
