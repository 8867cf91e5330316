using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Hypgcn.Models.Formats;

/// <summary>Python pickle, protocols 0 to 5, as far as numbers, text, containers and whitelisted names go. Executes nothing.</summary>
/// <remarks>No recursion and no allocation from a declared size: memory stays proportional to the bytes read.</remarks>
internal sealed partial class PickleReader
{
    private static readonly object Mark = new();
    private readonly byte[] _bytes;
    private readonly IPickleGlobals _globals;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private int _position;

    private PickleReader(byte[] bytes, IPickleGlobals globals)
    {
        _bytes = bytes;
        _globals = globals;
    }

    /// <summary>The pickled value; <paramref name="where"/> names the file in messages.</summary>
    public static object? Read(string where, byte[] bytes, IPickleGlobals globals)
    {
        var reader = new PickleReader(bytes, globals);
        try
        {
            return reader.Run();
        }
        catch (ForbiddenGlobalException e)
        {
            throw Problem.At(where, $"the pickle names {Problem.Quoted(e.Message)}; {globals.AllowedText}. {globals.Advice}.");
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or OverflowException or ArgumentException)
        {
            throw Problem.At(where, $"the pickle is wrong at byte {reader._position} ({Problem.Shown(e.Message)}); the file is truncated or corrupt. Copy or save it again.");
        }
    }

    private object? Run()
    {
        while (true)
        {
            byte opcode = NextByte();
            if (opcode == (byte)'.')
                return Pop();
            if (!Scalar(opcode) && !Container(opcode) && !Memory(opcode) && !Object(opcode))
                throw new InvalidDataException($"opcode 0x{opcode:x2} is not one that checkpoints and labels use");
        }
    }

    private bool Scalar(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: NextByte(); return true; // PROTO
            case 0x95: Take(8); return true; // FRAME: only a hint for buffered reading
            case (byte)'N': Push<object?>(null); return true;
            case 0x88: Push(true); return true;
            case 0x89: Push(false); return true;
            case (byte)'K': Push((long)NextByte()); return true;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); return true;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); return true;
            case (byte)'I': Push(IntegerLine()); return true;
            case (byte)'L': Push(long.Parse(Line().TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)); return true;
            case 0x8a: Push(LongBytes(NextByte())); return true;
            case 0x8b: Push(LongBytes(BinaryPrimitives.ReadInt32LittleEndian(Take(4)))); return true;
            case (byte)'F': Push(double.Parse(Line(), NumberStyles.Float, CultureInfo.InvariantCulture)); return true;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); return true;
            default: return Text(opcode);
        }
    }

    private bool Text(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'X': Push(Utf8(Take(Length4()))); return true;
            case 0x8c: Push(Utf8(Take(NextByte()))); return true;
            case 0x8d: Push(Utf8(Take(Length8()))); return true;
            case (byte)'V': Push(Line()); return true;
            case (byte)'S': Push(QuotedLine()); return true;
            case (byte)'T': Push(Encoding.Latin1.GetString(Take(Length4()))); return true;
            case (byte)'U': Push(Encoding.Latin1.GetString(Take(NextByte()))); return true;
            case (byte)'B': Push(Take(Length4()).ToArray()); return true;
            case (byte)'C': Push(Take(NextByte()).ToArray()); return true;
            case 0x8e: Push(Take(Length8()).ToArray()); return true;
            default: return false;
        }
    }

    private bool Container(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(': Push(Mark); return true;
            case (byte)')': Push(new PickleTuple([])); return true;
            case (byte)'t': Push(new PickleTuple(PopToMark())); return true;
            case 0x85: Push(new PickleTuple(PopMany(1))); return true;
            case 0x86: Push(new PickleTuple(PopMany(2))); return true;
            case 0x87: Push(new PickleTuple(PopMany(3))); return true;
            case (byte)']': Push(new PickleList()); return true;
            case (byte)'l': Append(Push(new PickleList()), PopToMark(skipTop: true)); return true;
            case (byte)'a': { object? item = Pop(); Append(Top<PickleList>(), [item]); return true; }
            case (byte)'e': { object?[] items = PopToMark(); Append(Top<PickleList>(), items); return true; }
            case (byte)'}': Push(new PickleDict()); return true;
            case (byte)'d': SetItems(Push(new PickleDict()), PopToMark(skipTop: true)); return true;
            case (byte)'s': { object?[] pair = PopMany(2); SetItems(Top<PickleDict>(), pair); return true; }
            case (byte)'u': { object?[] pairs = PopToMark(); SetItems(Top<PickleDict>(), pairs); return true; }
            case (byte)'0': Pop(allowMark: true); return true;
            case (byte)'1': PopToMark(); return true;
            case (byte)'2': { object? top = Pop(); Push(top); Push(top); return true; }
            default: return false;
        }
    }

    private bool Memory(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'p': _memo[long.Parse(Line(), CultureInfo.InvariantCulture)] = Peek(); return true;
            case (byte)'q': _memo[NextByte()] = Peek(); return true;
            case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek(); return true;
            case 0x94: _memo[_memo.Count] = Peek(); return true;
            case (byte)'g': Push(Recall(long.Parse(Line(), CultureInfo.InvariantCulture))); return true;
            case (byte)'h': Push(Recall(NextByte())); return true;
            case (byte)'j': Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); return true;
            default: return false;
        }
    }

    private bool Object(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c':
                Push(Global(Line(), Line()));
                return true;
            case 0x93:
                Push(PopMany(2) is [string module, string name] ? Global(module, name) : throw new InvalidDataException("STACK_GLOBAL needs two texts"));
                return true;
            case (byte)'R':
                Push(PopMany(2) is [PickleGlobal global, PickleTuple arguments]
                    ? _globals.Call(global, arguments)
                    : throw new InvalidDataException("REDUCE needs a name and a tuple"));
                return true;
            case (byte)'b':
                object? state = Pop();
                object? target = Pop();
                Push(_globals.Build(target, state));
                return true;
            case (byte)'Q':
                Push(_globals.PersistentLoad(Pop()));
                return true;
            default:
                return false;
        }
    }

    private PickleGlobal Global(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return _globals.IsAllowed(global) ? global : throw new ForbiddenGlobalException(global.FullName);
    }

    private sealed class ForbiddenGlobalException(string name) : Exception(name);
}
