using System.IO.Compression;
using System.Text;
using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

/// <summary>.npy and .npz files, written by hand and by the library.</summary>
internal sealed class NpyTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Read_EachVersion_GivesTheValues(int version)
    {
        Tensor tensor = Read(Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", [1, 2, 3, 4, 5, 6], version));

        Assert.That(tensor.Shape, Is.EqualTo(new[] { 2, 3 }));
        Assert.That(tensor.ToIntegers(), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void Read_FortranOrder_IsTransposed() => Assert.That(
        Read(Npy("{\"shape\": (2L, 3L), 'fortran_order':True,'descr':'|i1'}", [1, 4, 2, 5, 3, 6])).ToIntegers(), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));

    [TestCase("<f2", new byte[] { 0x00, 0x3E }, 1.5)]
    [TestCase(">f2", new byte[] { 0x3E, 0x00 }, 1.5)]
    [TestCase("<f4", new byte[] { 0, 0, 0xC0, 0x3F }, 1.5)]
    [TestCase(">f8", new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0 }, 1.5)]
    [TestCase("<i2", new byte[] { 0xFE, 0xFF }, -2)]
    [TestCase(">i4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, -2)]
    [TestCase("<i8", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [TestCase("<u2", new byte[] { 0xFE, 0xFF }, 65534)]
    [TestCase(">u4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, 4294967294)]
    [TestCase("<u8", new byte[] { 7, 0, 0, 0, 0, 0, 0, 0 }, 7)]
    [TestCase("|b1", new byte[] { 1 }, 1)]
    public void Read_EachType_GivesItsValue(string type, byte[] bytes, double expected)
    {
        Tensor tensor = Read(Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': (1,)}}", bytes));

        Assert.That(tensor.ToDoubles(), Is.EqualTo(new[] { expected }));
    }

    [TestCaseSource(nameof(BadArrays))]
    public void Read_BadArray_SaysWhatIsWrong(byte[] bytes, string expected) =>
        Assert.That(BadFile.Message("a.npy", bytes, p => TensorFile.Read(p)), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> BadArrays()
    {
        static TestCaseData Case(string name, byte[] bytes, string expected) => new TestCaseData(bytes, expected).SetArgDisplayNames(name);
        static TestCaseData Header(string header, int position) => Case(header, Npy(header, [1]),
            $"FILE: the .npy header '{header}' is wrong at character {position}; it is a dict of descr, fortran_order and shape. Save it again.");
        yield return Case("magic", "not an array"u8.ToArray(), "FILE: the file does not start as an .npy array; arrays are saved with numpy.save. Save it again.");
        yield return Case("empty", [], "FILE: the file has 0 bytes; it must be a file with contents, not a pipe or a device. Check the path.");
        yield return Case("version", Npy("{}", [], 4), "FILE: the .npy version is 4.0; versions 1 to 3 are read. Save it with a current numpy.");
        yield return Case("cut in length", Npy("{}", [], 1)[..9], "FILE: the file ends inside the .npy header; it is truncated. Copy or save it again.");
        yield return Case("cut in header", Npy("{'descr': '|u1'", [], 1)[..20], "FILE: the file ends inside the .npy header; it is truncated. Copy or save it again.");
        yield return Case("huge header", [.. Npy("{}", [], 2)[..8], 0xFF, 0xFF, 0xFF, 0x7F], "FILE: the .npy header has 2147483647 bytes; at most 65536 are read. Check where the file comes from.");
        yield return Header("{}", 3);
        yield return Header("[1]", 0);
        yield return Header("{'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}", 34);
        yield return Header("{'descr': '|u1', 'fortran_order': False, 'shape': (1)}", 52);
        yield return Header("{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}", 51);
        yield return Header("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'x': 1}", 60);
        yield return Header("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}", 25);
        yield return Header("{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} + exit()", 56);
        yield return Case("type", Npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", [1]),
            "FILE: the array's type is '|O'; b1, i1 to i8, u1 to u8 and f2 to f8 are read. Convert it with numpy's astype.");
        yield return Case("struct", Npy("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", [1]),
            "FILE: the array is structured; plain numbers are read. Save one field as an array of its own.");
        yield return Case("huge", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000)}", [1]),
            "FILE: the array has shape [1000000, 1000000]; an array has at most 2147483591 values. Split it.");
        yield return Case("huge beside zero", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9000000000)}", [1]),
            "FILE: the array has shape [0, 9000000000]; an array has at most 2147483591 values. Split it.");
        yield return Case("short", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1000, 1000)}", [1]),
            "FILE: the file has 75 bytes, its shape [1000, 1000] needs 4000074; both must agree. The file is truncated or corrupt: copy or save it again.");
        yield return Case("long", Npy("{'descr': '|u1', 'fortran_order': False, 'shape': ()}", [1, 2]),
            "FILE: the file has 66 bytes, its shape [] needs 65; both must agree. The file is truncated or corrupt: copy or save it again.");
        yield return Case("unsigned", Npy("{'descr': '<u8', 'fortran_order': False, 'shape': ()}", [0, 0, 0, 0, 0, 0, 0, 0x80]),
            "FILE: the file cannot be read (the unsigned value 9223372036854775808 is above 2^63 - 1); it is truncated or corrupt. Copy or save it again.");
    }

    [Test]
    public void Write_EachType_ReadsBack()
    {
        using var folder = new TemporaryFolder();
        Tensor[] tensors = Samples();
        foreach (Tensor tensor in tensors)
        {
            NpyFile.Write(folder.File("a.npy"), tensor);
            AssertSame(TensorFile.Read(folder.File("a.npy"))[""], tensor);
        }

        NpzFile.Write(folder.File("a.npz"), tensors);
        SafetensorsFile.Write(folder.File("a.safetensors"), tensors);
        foreach (string file in new[] { "a.npz", "a.safetensors" })
        {
            IReadOnlyDictionary<string, Tensor> read = TensorFile.Read(folder.File(file));
            Assert.That(read.Keys, Is.EquivalentTo(tensors.Select(t => t.Name)));
            foreach (Tensor tensor in tensors)
                AssertSame(read[tensor.Name], tensor);
        }

        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(3), "no staged file is left");
    }

    [Test]
    public void Write_Twice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder.File("a.npz"), Samples());
        NpzFile.Write(folder.File("b.npz"), Samples());

        Assert.That(File.ReadAllBytes(folder.File("a.npz")), Is.EqualTo(File.ReadAllBytes(folder.File("b.npz"))));
    }

    [Test]
    public void Write_FolderMissing_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("none/a.npy");

        Assert.That(() => NpyFile.Write(path, Samples()[0]), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{path}: the file cannot be written (Could not find a part of the path '{path}.part'.); its folder must exist and be writable. Choose another path."));
    }

    [Test]
    public void ReadNpz_Compressed_GivesTheArrays()
    {
        byte[] zip = ZipWriter.Write(CompressionLevel.Optimal, ("x.npy", Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", [1, 2])));
        using var folder = new TemporaryFolder();

        Assert.That(TensorFile.Read(folder.File("a.npz", zip))["x"].ToIntegers(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void ReadNpz_Bomb_IsRefusedBeforeItIsUnpacked()
    {
        byte[] zip = ZipWriter.Write(CompressionLevel.Optimal, ("x.npy", new byte[300 << 20]));

        Assert.That(NpzMessage(zip), Is.EqualTo(
            "FILE: entry 'x.npy' asks for 314572800 bytes beyond READ already read; a file of this size may unpack to 268435456 bytes. Check where the file comes from."));
    }

    [Test]
    public void ReadNpz_BadArchive_SaysWhatIsWrong()
    {
        byte[] array = Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", [1, 2]);
        byte[] zip = ZipWriter.Write(("x.npy", array));

        Assert.That(NpzMessage([1, 2, 3, 4]), Is.EqualTo("FILE: the file does not start as a zip; an .npz is one. It is truncated or corrupt: copy or save it again."));
        Assert.That(NpzMessage(zip[..40]), Is.EqualTo("FILE: the zip directory cannot be read; the file is truncated or corrupt. Copy or save it again."));
        Assert.That(NpzMessage(ZipWriter.Write(("../../etc/passwd", array))), Is.EqualTo("FILE: entry '../../etc/passwd' is not an .npy array; an .npz holds only those. Save it with numpy.savez."));
        Assert.That(NpzMessage(ZipWriter.Write(("x.npy", array), ("x.npy", array))), Is.EqualTo("FILE: entry 'x.npy' occurs twice; names in an archive are unique. Save the file again."));
        Assert.That(NpzMessage(ZipWriter.Write(("x.npy", array[..20]))), Is.EqualTo("FILE/x.npy: the file ends inside the .npy header; it is truncated. Copy or save it again."));
        byte[] encrypted = [.. zip];
        foreach (int flags in new[] { 6, zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8 })
            encrypted[flags] |= 1;
        Assert.That(NpzMessage(encrypted), Is.EqualTo("FILE: entry 'x.npy' is encrypted; only plain archives are read. Save it without a password."));
        byte[] deflated = ZipWriter.Write(CompressionLevel.Optimal, ("x.npy", [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * i % 251))]));
        deflated.AsSpan(60, 40).Fill(0xFF);
        Assert.That(NpzMessage(deflated), Is.EqualTo("FILE: entry 'x.npy' cannot be unpacked; the file is truncated or corrupt. Copy or save it again."));
        byte[] damaged = [.. zip];
        damaged[zip.AsSpan().IndexOf("descr"u8)] ^= 1;
        Assert.That(NpzMessage(damaged), Does.Match("^FILE: entry 'x.npy' has checksum [0-9a-f]{8}, the archive says [0-9a-f]{8}; the file is corrupt. Copy or save it again.$"));
    }

    /// <summary>strides of an array in Fortran order overflowed beside an extent of 0.</summary>
    [Test]
    public void Read_EmptyFortranArrayOfHugeExtents_IsRead() => Assert.That(
        Read(Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (0, 2000000000, 2000000000, 2000000000)}", [])).Count, Is.Zero);

    [Test]
    public void ReadNpz_TooManyEntries_IsRefused()
    {
        (string, byte[])[] entries = [.. Enumerable.Range(0, 200_001).Select(n => ($"{n}", Array.Empty<byte>()))];
        Assert.That(NpzMessage(ZipWriter.Write(entries)), Is.EqualTo(
            "FILE: the archive has 200001 entries; at most 200000 are read. Check where the file comes from."));
    }

    [Test]
    public void ReadNpz_EntryLongerThanAnArray_IsRefused()
    {
        byte[] zip = ZipWriter.Write(("x.npy", []), ("y.npy", new byte[40 << 20]));
        // The uncompressed size that the directory says; the ratio alone would pass.
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 24), 0x80000000);
        Assert.That(NpzMessage(zip), Is.EqualTo("FILE: entry 'x.npy' has 2147483648 bytes; an entry has at most 2147483591. Split it."));
    }

    [Test]
    public void Read_NoFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("none.npy");

        Assert.That(() => TensorFile.Read(path), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo($"{path}: the file does not exist; it must be there to be read. Check the path."));
        Assert.That(() => TensorFile.Read(folder.Path), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo($"{folder.Path}: the path is a folder; a file is expected. Name the file."));
        Assert.That(BadFile.Message("a.onnx", [1], p => TensorFile.Read(p)), Is.EqualTo(
            "FILE: the extension is '.onnx'; .pt, .pth, .safetensors, .npz and .npy are read. Rename or convert the file."));
    }

    internal static byte[] Npy(string header, byte[] values, int version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header + "\n");
        byte[] length = version == 1 ? [(byte)(text.Length & 0xFF), (byte)(text.Length >> 8)] : [(byte)(text.Length & 0xFF), (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. values];
    }

    private static string NpzMessage(byte[] zip) => BadFile.Message("a.npz", zip, p => TensorFile.Read(p));

    private static Tensor[] Samples() =>
    [
        new("l1.x", [2, 2], new float[] { 1, -0f, float.Epsilon, float.NaN }),
        new("l1.y", [3], new[] { 1.0, Math.PI, double.NegativeInfinity }),
        new("n", [], new[] { long.MinValue }),
        new("none", [0, 3], Array.Empty<float>()),
    ];

    private static Tensor Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        return TensorFile.Read(folder.File("a.npy", bytes))[""];
    }

    private static void AssertSame(Tensor actual, Tensor expected)
    {
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
        Assert.That((actual.IsInteger, actual.IsDouble), Is.EqualTo((expected.IsInteger, expected.IsDouble)));
        Assert.That(actual.ToDoubles().Select(BitConverter.DoubleToInt64Bits), Is.EqualTo(expected.ToDoubles().Select(BitConverter.DoubleToInt64Bits)));
    }
}
