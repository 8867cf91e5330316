using System.Buffers.Binary;
using System.Text;

namespace Hypgcn.Tests.Models;

/// <summary>Writes pickles, protocol 2, opcode by opcode: the good ones and the bad ones.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream _bytes = new();

    public PickleWriter() => Raw(0x80, 2);

    public PickleWriter Raw(params byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleWriter Op(string ascii) => Raw(Encoding.Latin1.GetBytes(ascii));

    public PickleWriter Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op("X").Raw([.. length]).Raw(utf8);
    }

    public PickleWriter Integer(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw([.. bytes]);
    }

    public PickleWriter Integers(params long[] values)
    {
        Op("(");
        foreach (long value in values)
            Integer(value);
        return Op("t");
    }

    public PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>The call that rebuilds a tensor of a storage.</summary>
    public PickleWriter Tensor(string key, string storage, long count, long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2").Op("(")
            .Op("(").Text("storage").Global("torch", storage).Text(key).Text("cpu").Integer(count).Op("tQ")
            .Integer(offset).Integers(shape).Integers(strides).Raw(0x89)
            .Global("collections", "OrderedDict").Op(")R")
            .Op("tR");

    /// <summary>Ends the pickle.</summary>
    public byte[] Stop() => Op(".")._bytes.ToArray();
}
