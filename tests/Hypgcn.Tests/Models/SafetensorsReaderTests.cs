using System.Buffers.Binary;
using System.Text;
using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

/// <summary>.safetensors files written by hand.</summary>
internal sealed class SafetensorsReaderTests
{
    [Test]
    public void Read_TwoTensorsAndMetadata_GivesTheTensors()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.safetensors", Build("""{"__metadata__":{"format":"pt"},"y":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]},"x":{"dtype":"U8","shape":[2,1],"data_offsets":[0,2]}}""", [7, 8, 0xC0, 0x3F]));

        IReadOnlyDictionary<string, Tensor> tensors = TensorFile.Read(path);

        Assert.That(tensors.Keys, Is.EqualTo(new[] { "x", "y" }));
        Assert.That(tensors["x"].ToIntegers(), Is.EqualTo(new[] { 7, 8 }));
        Assert.That(tensors["y"].ToSingles(), Is.EqualTo(new[] { 1.5f }));
    }

    [TestCase("""{"x":{"dtype":"C64","shape":[1],"data_offsets":[0,1]}}""", "tensor 'x' has type 'C64'; F16, BF16, F32, F64, BOOL, I8 to I64 and U8 to U64 are read. Convert it.")]
    [TestCase("""{"x":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", "tensor 'x' lies at bytes [0, 9] of 4; it lies inside the file. The file is truncated or corrupt: copy or save it again.")]
    [TestCase("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[-1,1]}}""", "tensor 'x' lies at bytes [-1, 1] of 4; it lies inside the file. The file is truncated or corrupt: copy or save it again.")]
    [TestCase("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "tensor 'x' has shape [2] of F32 in 4 bytes; both must agree. Save it again.")]
    [TestCase("""{"x":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", "tensor 'x' has shape [-1, -1] of F32 in 4 bytes; both must agree. Save it again.")]
    [TestCase("""{"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "tensor 'x' has shape [4294967296, 4294967296] of U8 in 0 bytes; both must agree. Save it again.")]
    [TestCase("""{"x":{"dtype":"U8","shape":[1]}}""", "the header is not the JSON of a .safetensors file; each tensor has dtype, shape and data_offsets. Save it again.")]
    [TestCase("""{"x":{"dtype":"U8","shape":[1],"data_offsets":[]}}""", "the header is not the JSON of a .safetensors file; each tensor has dtype, shape and data_offsets. Save it again.")]
    [TestCase("""{"x":1}""", "the header is not the JSON of a .safetensors file; each tensor has dtype, shape and data_offsets. Save it again.")]
    [TestCase("""{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "the header is not the JSON of a .safetensors file; each tensor has dtype, shape and data_offsets. Save it again.")]
    [TestCase("""[[[[[[[[[[[[]]]]]]]]]]]]""", "the header is not the JSON of a .safetensors file; each tensor has dtype, shape and data_offsets. Save it again.")]
    public void Read_BadHeader_SaysWhatIsWrong(string header, string expected) => Assert.That(Message(Build(header, [1, 2, 3, 4])), Is.EqualTo($"FILE: {expected}"));

    [Test]
    public void Read_BadLength_SaysWhatIsWrong()
    {
        Assert.That(Message([1, 2, 3]), Is.EqualTo("FILE: the file has 3 bytes; a .safetensors file starts with 8 bytes of header length. Copy or save it again."));
        Assert.That(Message([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0]), Is.EqualTo(
            "FILE: the header is said to have 18446744073709551615 bytes, 1 follow; it lies inside the file and has at most 100000000. The file is truncated or corrupt: copy or save it again."));
    }

    private static byte[] Build(string header, byte[] values)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. values];
    }

    private static string Message(byte[] bytes) => BadFile.Message("a.safetensors", bytes, p => TensorFile.Read(p));
}
