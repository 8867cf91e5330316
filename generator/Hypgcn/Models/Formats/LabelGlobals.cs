using System.Buffers.Binary;

namespace Hypgcn.Models.Formats;

/// <summary>The names that a label file needs: none, or numpy's integer scalars.</summary>
internal sealed class LabelGlobals : IPickleGlobals
{
    public string AllowedText => "only lists, text and integers are read, and nothing is executed";

    public string Advice => "Save the labels as an .npy array of integers";

    public bool IsAllowed(PickleGlobal global) => global.FullName is
        "numpy.dtype" or "numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar" or "_codecs.encode";

    public object? Call(PickleGlobal global, PickleTuple arguments) => (global.Name, arguments.Items) switch
    {
        ("dtype", [string type, ..]) => new IntegerType(type),
        ("scalar", [IntegerType type, byte[] bytes]) => Scalar(type.Name, bytes),
        // Protocol 2 stores bytes as latin-1 text.
        ("encode", [string { Length: <= 8 } text, "latin1"]) => System.Text.Encoding.Latin1.GetBytes(text),
        _ => throw new InvalidDataException($"{global.FullName} is called with other arguments than numpy's integers have"),
    };

    public object? Build(object? target, object? state) => (target, state) switch
    {
        (IntegerType, PickleTuple { Items: [_, "<" or "|", ..] }) => target,
        _ => throw new InvalidDataException("BUILD of something other than a little-endian integer type"),
    };

    public object? PersistentLoad(object? id) => throw new InvalidDataException("a persistent id in a label file");

    private static object Scalar(string type, byte[] bytes) => (type, bytes.Length) switch
    {
        ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ("i2", 2) => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ("u1", 1) => (long)bytes[0],
        _ => throw new InvalidDataException($"a scalar of type {Problem.Shown(type)} in {bytes.Length} bytes"),
    };

    private sealed record IntegerType(string Name);
}
