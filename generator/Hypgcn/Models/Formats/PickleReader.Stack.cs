using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Hypgcn.Models.Formats;

internal sealed partial class PickleReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private T Push<T>(T value)
    {
        _stack.Add(value);
        return value;
    }

    private object? Pop(bool allowMark = false)
    {
        if (_stack.Count == 0)
            throw new InvalidDataException("the stack is empty");
        object? top = _stack[^1];
        if (!allowMark && ReferenceEquals(top, Mark))
            throw new InvalidDataException("a value was expected, not a mark");
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        return items;
    }

    /// <summary>Items above the newest mark; with <paramref name="skipTop"/> the container pushed last stays on top.</summary>
    private object?[] PopToMark(bool skipTop = false)
    {
        object? kept = skipTop ? Pop() : null;
        int mark = _stack.FindLastIndex(x => ReferenceEquals(x, Mark));
        if (mark < 0)
            throw new InvalidDataException("no mark is on the stack");
        object?[] items = [.. _stack.GetRange(mark + 1, _stack.Count - mark - 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        if (skipTop)
            Push(kept);
        return items;
    }

    private object? Peek()
    {
        object? top = Pop();
        return Push(top);
    }

    private T Top<T>() => Peek() is T container ? container : throw new InvalidDataException($"a {typeof(T).Name["Pickle".Length..].ToLowerInvariant()} was expected");

    private object? Recall(long index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw new InvalidDataException($"memo {index} was never set");

    private static void Append(PickleList list, object?[] items) => list.Items.AddRange(items);

    private static void SetItems(PickleDict dict, object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
            throw new InvalidDataException("a dict needs pairs");
        for (int i = 0; i < pairs.Length; i += 2)
            dict.Items.Add(new(pairs[i], pairs[i + 1]));
    }

    private byte NextByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - _position)
            throw new InvalidDataException("it ends early");
        var taken = new ReadOnlySpan<byte>(_bytes, _position, count);
        _position += count;
        return taken;
    }

    private int Length4() => Bounded(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));

    private int Length8() => Bounded(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)));

    private int Bounded(ulong length) =>
        length <= (ulong)(_bytes.Length - _position) ? (int)length : throw new InvalidDataException("it ends early");

    private string Line()
    {
        int end = Array.IndexOf(_bytes, (byte)'\n', _position);
        if (end < 0)
            throw new InvalidDataException("it ends early");
        string line = Encoding.Latin1.GetString(_bytes, _position, end - _position).TrimEnd('\r');
        _position = end + 1;
        return line;
    }

    private string QuotedLine()
    {
        string line = Line();
        if (line.Length < 2 || line[0] is not ('\'' or '"') || line[^1] != line[0])
            throw new InvalidDataException("a quoted text was expected");
        return line[1..^1];
    }

    private object IntegerLine()
    {
        string line = Line();
        return line switch
        {
            "00" => false,
            "01" => true,
            _ => long.Parse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        };
    }

    private long LongBytes(int count)
    {
        if (count is < 0 or > 16)
            throw new InvalidDataException("an integer has more than 128 bits");
        var value = new System.Numerics.BigInteger(Take(count), isUnsigned: false, isBigEndian: false);
        return (long)value;
    }

    private static string Utf8(ReadOnlySpan<byte> bytes) => StrictUtf8.GetString(bytes);
}
