using System.Buffers.Binary;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Models;

/// <summary>.pt and .pth files through <see cref="TensorFile"/>.</summary>
internal sealed class PyTorchReaderTests
{
    private static readonly byte[] OneTwoThreeFour = Singles(1, 2, 3, 4);

    [Test]
    public void Read_StridedViewsOfOneStorage_AreCopiedInOrder()
    {
        byte[] pickle = new PickleWriter().Global("collections", "OrderedDict").Op(")R(")
            .Text("whole").Tensor("0", "FloatStorage", 4, 0, [2, 2], [2, 1])
            .Text("transposed").Tensor("0", "FloatStorage", 4, 0, [2, 2], [1, 2])
            .Text("tail").Tensor("0", "FloatStorage", 4, 3, [1], [1])
            .Text("expanded").Tensor("0", "FloatStorage", 4, 1, [3], [0])
            .Text("scalar").Tensor("0", "FloatStorage", 4, 2, [], [])
            .Op("u").Stop();

        IReadOnlyDictionary<string, Tensor> tensors = Read(("a/data.pkl", pickle), ("a/data/0", OneTwoThreeFour));

        Assert.That(tensors["whole"].ToSingles(), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(tensors["transposed"].ToSingles(), Is.EqualTo(new[] { 1, 3, 2, 4 }));
        Assert.That(tensors["tail"].ToSingles(), Is.EqualTo(new[] { 4 }));
        Assert.That(tensors["expanded"].ToSingles(), Is.EqualTo(new[] { 2, 2, 2 }));
        Assert.That(tensors["scalar"].Shape, Is.Empty);
        Assert.That(tensors["scalar"].ToSingles(), Is.EqualTo(new[] { 3 }));
    }

    [TestCase("HalfStorage", new byte[] { 0x00, 0x3E }, 1.5)]
    [TestCase("BFloat16Storage", new byte[] { 0xC0, 0x3F }, 1.5)]
    [TestCase("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, 1.5)]
    [TestCase("LongStorage", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [TestCase("IntStorage", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [TestCase("ShortStorage", new byte[] { 0xFE, 0xFF }, -2)]
    [TestCase("CharStorage", new byte[] { 0xFE }, -2)]
    [TestCase("ByteStorage", new byte[] { 0xFE }, 254)]
    [TestCase("BoolStorage", new byte[] { 1 }, 1)]
    public void Read_EachStorage_GivesItsValue(string storage, byte[] bytes, double expected)
    {
        Tensor little = Read(("a/data.pkl", One(storage)), ("a/data/0", bytes))["x"];
        Tensor big = Read(("a/data.pkl", One(storage)), ("a/byteorder", "big"u8.ToArray()), ("a/data/0", [.. bytes.Reverse()]))["x"];

        Assert.That(little.ToDoubles(), Is.EqualTo(new[] { expected }));
        Assert.That(big.ToDoubles(), Is.EqualTo(new[] { expected }));
    }

    [TestCase("state_dict")]
    [TestCase("model_state_dict")]
    [TestCase("model")]
    [TestCase("weights")]
    public void Read_StateDictUnderAKey_IsFound(string key)
    {
        byte[] pickle = new PickleWriter().Op("}(").Text("epoch").Integer(3).Text(key)
            .Op("}").Text("x").Tensor("0", "FloatStorage", 4, 0, [4], [1]).Op("s").Op("u").Stop();

        Assert.That(Read(("a/data.pkl", pickle), ("a/data/0", OneTwoThreeFour)).Keys, Is.EqualTo(new[] { "x" }));
    }

    [Test]
    public void Read_ParameterAndMetadata_AreUnwrapped()
    {
        byte[] pickle = new PickleWriter().Global("collections", "OrderedDict").Op(")R(").Text("x")
            .Global("torch._utils", "_rebuild_parameter").Op("(").Tensor("0", "FloatStorage", 4, 0, [4], [1]).Raw(0x88)
            .Global("collections", "OrderedDict").Op(")RtR")
            .Op("u").Op("}").Text("_metadata").Op("}sb").Stop();

        Assert.That(Read(("a/data.pkl", pickle), ("a/data/0", OneTwoThreeFour))["x"].ToSingles(), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [TestCase("posix", "system")]
    [TestCase("builtins", "eval")]
    [TestCase("torch", "load")]
    [TestCase("torch.nn.modules.conv", "Conv2d")]
    [TestCase("numpy.core.multiarray", "_reconstruct")]
    public void Read_OtherGlobal_IsNamedAndNeverCalled(string module, string name)
    {
        byte[] pickle = new PickleWriter().Global(module, name).Op("(").Text("touch x").Op("tR").Stop();

        Assert.That(Message(("a/data.pkl", pickle)), Is.EqualTo(
            $"FILE/a/data.pkl: the pickle names '{module}.{name}'; only tensors, dicts, lists, numbers and text are read, and nothing is executed. " +
            "Save only the state_dict, or check where the file comes from."));
    }

    [TestCaseSource(nameof(BadPickles))]
    public void Read_BadPickle_SaysWhereAndWhat(byte[] pickle, string expected) =>
        Assert.That(Message(("a/data.pkl", pickle)), Is.EqualTo($"FILE/a/data.pkl: the pickle is wrong at byte {expected}; the file is truncated or corrupt. Copy or save it again."));

    private static IEnumerable<TestCaseData> BadPickles()
    {
        static TestCaseData Case(string name, PickleWriter pickle, string expected) => new TestCaseData(pickle.Stop(), expected).SetArgDisplayNames(name);
        yield return Case("stack", new(), "3 (the stack is empty)");
        yield return Case("mark", new PickleWriter().Op("("), "4 (a value was expected, not a mark)");
        yield return Case("no mark", new PickleWriter().Op("t"), "3 (no mark is on the stack)");
        yield return Case("memo", new PickleWriter().Op("h").Raw(7), "4 (memo 7 was never set)");
        yield return Case("opcode", new PickleWriter().Raw(0xFF), "3 (opcode 0xff is not one that checkpoints and labels use)");
        yield return Case("length", new PickleWriter().Op("X").Raw(0xFF, 0xFF, 0xFF, 0xFF), "7 (it ends early)");
        yield return Case("odd dict", new PickleWriter().Op("}(NNNu"), "8 (a dict needs pairs)");
        yield return Case("append", new PickleWriter().Op("}Na"), "5 (a list was expected)");
        yield return Case("reduce", new PickleWriter().Op("NNR"), "5 (REDUCE needs a name and a tuple)");
        yield return Case("stack global", new PickleWriter().Op("NN").Raw(0x93), "5 (STACK_GLOBAL needs two texts)");
        yield return Case("build", new PickleWriter().Op("NNb"), "5 (BUILD of something other than a dict or a tensor)");
        yield return Case("persistent", new PickleWriter().Op("NQ"), "4 (a persistent id is not that of a storage)");
        yield return Case("long", new PickleWriter().Raw(0x8a, 17), "4 (an integer has more than 128 bits)");
        yield return Case("string", new PickleWriter().Op("Sabc\n"), "7 (a quoted text was expected)");
        yield return Case("parameter", new PickleWriter().Global("torch._utils", "_rebuild_parameter").Op(")R"), "37 (_rebuild_parameter needs a tensor)");
        yield return Case("tensor", new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2").Op(")R"), "37 (_rebuild_tensor_v2 needs storage, offset, size and stride)");
        yield return Case("pairs", new PickleWriter().Global("collections", "OrderedDict").Raw((byte)'N', 0x85).Op("R"), "30 (OrderedDict needs a list of pairs)");
        yield return Case("size", new PickleWriter().Global("torch._utils", "_rebuild_tensor_v2").Op("(")
            .Op("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Integer(1).Op("tQ").Integer(0).Op("N").Raw(0x85).Integers(1).Op("tR"),
            "121 (a size or stride is not an integer)");
        yield return Case("storage call", new PickleWriter().Global("torch", "FloatStorage").Op(")R"), "24 (torch.FloatStorage is called)");
    }

    /// <summary>Four bytes a copy: a small file could ask for any memory.</summary>
    [Test]
    public void Read_OneListCopiedAgainAndAgain_IsRefused()
    {
        PickleWriter pickle = new PickleWriter().Global("collections", "OrderedDict").Op("q\u0000]q\u0001(");
        for (int i = 0; i < 1000; i++)
            pickle.Raw((byte)'K', 0, (byte)'N', 0x86);
        pickle.Op("e0");
        for (int i = 0; i < 1001; i++)
            pickle.Op("h\u0000h\u0001").Raw(0x85).Op("R0");

        Assert.That(Message(("a/data.pkl", pickle.Stop())), Is.EqualTo(
            "FILE/a/data.pkl: the pickle is wrong at byte 11041 (OrderedDict has more than 1000000 pairs in all); the file is truncated or corrupt. Copy or save it again."));
    }

    [Test]
    public void Read_HugePickle_IsRefused() => Assert.That(
        MessageOf(ZipWriter.Write(System.IO.Compression.CompressionLevel.Optimal, ("a/data.pkl", new byte[(8 << 20) + 1]))), Is.EqualTo(
            "FILE: entry 'a/data.pkl' has 8388609 bytes; names and shapes have at most 8388608. Save only the state_dict."));

    [Test]
    public void Read_DeepPickle_NeedsNoStack()
    {
        var pickle = new PickleWriter();
        for (int i = 0; i < 200_000; i++)
            pickle.Op("](");
        byte[] bytes = pickle.Op("N").Op(new string('l', 10)).Stop();

        Assert.That(Message(("a/data.pkl", bytes)), Does.StartWith("FILE"));
    }

    [TestCaseSource(nameof(BadTensors))]
    public void Read_BadTensor_SaysWhatIsWrong(long count, long offset, long[] shape, long[] strides, byte[] storage, string expected)
    {
        byte[] pickle = new PickleWriter().Op("}").Text("x").Tensor("0", "FloatStorage", count, offset, shape, strides).Op("s").Stop();

        Assert.That(Message(("a/data.pkl", pickle), ("a/data/0", storage)), Is.EqualTo(expected));
    }

    private static IEnumerable<object[]> BadTensors()
    {
        yield return [4L, 0L, new long[] { -1 }, new long[] { 1 }, OneTwoThreeFour,
            "FILE: tensor 'x' has size -1 and stride 1; both lie in 0..2147483647. The file is corrupt: save it again."];
        yield return [4L, 0L, new long[] { 1L << 20, 1L << 20 }, new long[] { 0, 0 }, OneTwoThreeFour,
            "FILE: tensor 'x' has more than 2147483647 values; a tensor has at most that many. The file is corrupt: save it again."];
        yield return [4L, 0L, new long[] { 5 }, new long[] { 1 }, OneTwoThreeFour,
            "FILE: tensor 'x' reads value 4 of storage '0', which has 4; a tensor lies inside its storage. The file is corrupt: save it again."];
        yield return [4L, -1L, new long[] { 2 }, new long[] { 1 }, OneTwoThreeFour,
            "FILE: tensor 'x' reads value -1 of storage '0', which has 4; a tensor lies inside its storage. The file is corrupt: save it again."];
        yield return [1L << 40, 0L, new long[] { 4 }, new long[] { 1 }, OneTwoThreeFour,
            "FILE: storage '0' has 16 bytes, declared are 1099511627776 values of 4; both must agree. The file is truncated or corrupt: copy or save it again."];
        yield return [4L, 0L, new long[] { 1L << 30 }, new long[] { 0 }, OneTwoThreeFour,
            "FILE: tensor 'x' asks for 4294967296 bytes beyond READ already read; a file of this size may unpack to 268435456 bytes. Check where the file comes from."];
    }

    [Test]
    public void Read_StorageSeenWithTwoTypes_IsAnError()
    {
        byte[] pickle = new PickleWriter().Op("}(").Text("x").Tensor("0", "FloatStorage", 4, 0, [4], [1]).Text("y").Tensor("0", "IntStorage", 4, 0, [4], [1]).Op("u").Stop();

        Assert.That(Message(("a/data.pkl", pickle), ("a/data/0", OneTwoThreeFour)), Is.EqualTo(
            "FILE: tensor 'y' sees storage '0' with another type or size than the tensor before; a storage has one. The file is corrupt: save it again."));
    }

    [Test]
    public void Read_StorageMissing_IsAnError() => Assert.That(Message(("a/data.pkl", One("FloatStorage"))), Is.EqualTo(
        "FILE: entry 'a/data/0' is missing; the file is truncated or corrupt. Copy or save it again."));

    [Test]
    public void Read_NoPickle_IsAnError() => Assert.That(Message(("a/b", [])), Is.EqualTo(
        "FILE: the archive has 0 entries NAME/data.pkl; a PyTorch checkpoint has one. Save the state_dict with torch.save."));

    [Test]
    public void Read_OddByteOrder_IsAnError() => Assert.That(Message(("a/data.pkl", One("FloatStorage")), ("a/byteorder", "middle\n"u8.ToArray())), Is.EqualTo(
        "FILE: byteorder is 'middle\\u000a'; it is 'little' or 'big'. Save the file again."));

    [Test]
    public void Read_NoStateDict_IsAnError() => Assert.That(Message(("a/data.pkl", new PickleWriter().Op("}").Text("epoch").Integer(3).Op("s").Stop())), Is.EqualTo(
        "FILE: no state_dict was found; the file holds a dict of tensors, plain or under 'state_dict', 'model_state_dict', 'model', 'weights'. " +
        "Save it with torch.save(model.state_dict(), 'new.pt')."));

    [Test]
    public void Read_FormatBefore16_SaysHowToResave() => Assert.That(MessageOf([0x80, 2, 0x8a, 0x0a, 0x6c]), Is.EqualTo(
        "FILE: the file is in PyTorch's format from before 1.6; only the zip form is read. " +
        "Resave it in Python: torch.save(torch.load('old.pt', map_location='cpu'), 'new.pt')."));

    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { 1, 2, 3, 4, 5 })]
    public void Read_NotAZip_IsAnError(byte[] bytes) => Assert.That(MessageOf(bytes), Is.EqualTo(
        "FILE: the file does not start as a zip; a PyTorch checkpoint is one. It is truncated or corrupt: copy or save it again."));

    [Test]
    public void Read_DemoCutAnywhere_IsAnError()
    {
        byte[] demo = File.ReadAllBytes(Path.Combine(Repository.Root, "examples/demo/demo.pt"));
        foreach (int length in new[] { 4, 30, 1000, demo.Length / 2, demo.Length - 100, demo.Length - 1 })
            Assert.That(MessageOf(demo[..length]), Does.StartWith("FILE").And.Not.Contain("\n"), $"cut to {length}");
    }

    [Test]
    public void Read_DemoWithAnyByteWrong_ReadsOrReports()
    {
        byte[] demo = File.ReadAllBytes(Path.Combine(Repository.Root, "examples/demo/demo.pt"));
        var random = new Random(20240607);
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. demo];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            string path = folder.File("demo.pt", damaged);
            Assert.That(() => Outcome(path), Does.Not.Contain("\n"));
        }
    }

    /// <summary>Any other exception fails the test.</summary>
    private static string Outcome(string path)
    {
        try
        {
            return $"{TensorFile.Read(path).Count} tensors";
        }
        catch (ModelFormatException e)
        {
            return e.Message;
        }
    }

    private static byte[] One(string storage) => new PickleWriter().Op("}").Text("x").Tensor("0", storage, 1, 0, [1], [1]).Op("s").Stop();

    private static byte[] Singles(params float[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }

    private static IReadOnlyDictionary<string, Tensor> Read(params (string, byte[])[] entries)
    {
        using var folder = new TemporaryFolder();
        return TensorFile.Read(folder.File("net.pt", ZipWriter.Write(entries)));
    }

    private static string Message(params (string, byte[])[] entries) => MessageOf(ZipWriter.Write(entries));

    private static string MessageOf(byte[] bytes) => BadFile.Message("net.pt", bytes, p => TensorFile.Read(p));
}
