using System.Buffers.Binary;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Models;

internal sealed class ClipFileTests
{
    [Test]
    public void Read_Demo_GivesShapeAndClips()
    {
        ClipSet clips = ClipSource.Read(Path.Combine(Repository.Root, "examples/demo/clips.npy"));

        Assert.That((clips.Count, clips.Channels, clips.Frames, clips.Joints, clips.Persons), Is.EqualTo((24, 3, 32, 25, 1)));
        // The mid spine of the first frame is the origin.
        Assert.That(clips.Clip(23)[1], Is.Zero);
        Assert.That(clips.Clip(23).ToArray(), Is.EqualTo(clips.Data[^(3 * 32 * 25)..]));
    }

    [Test]
    public void Read_DoublesInFortranOrder_AreConverted()
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[8 * 6];
        for (int i = 0; i < 6; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), i);
        string path = folder.File("c.npy", NpyTests.Npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3, 1, 1, 1)}", bytes));

        Assert.That(ClipFile.Read(path).Data, Is.EqualTo(new[] { 0, 2, 4, 1, 3, 5 }));
    }

    [TestCase("(3, 2, 4)", "<f4", "[3, 2, 4] of Float32")]
    [TestCase("(1, 4, 1, 1, 1)", "<f4", "[1, 4, 1, 1, 1] of Float32")]
    [TestCase("(1, 3, 1, 1, 1)", "<i8", "[1, 3, 1, 1, 1] of Int64")]
    [TestCase("(0, 3, 1, 1, 1)", "<f4", "[0, 3, 1, 1, 1] of Float32")]
    public void Read_WrongShape_SaysWhatClipsAre(string shape, string type, string seen)
    {
        byte[] bytes = NpyTests.Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}}}", new byte[24]);

        Assert.That(BadFile.Message("c.npy", bytes, p => ClipFile.Read(p)), Is.EqualTo(
            $"FILE: the array has shape {seen}; clips are [N, 3, T, V, M] of Float32. Transpose or convert it with numpy."));
    }

    [Test]
    public void Read_Truncated_IsAnErrorBeforeMemoryIsTaken()
    {
        byte[] bytes = NpyTests.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2000, 3, 300, 25, 2)}", new byte[12]);

        Assert.That(BadFile.Message("c.npy", bytes, p => ClipFile.Read(p)), Is.EqualTo(
            "FILE: the file has 95 bytes, its shape [2000, 3, 300, 25, 2] needs 360000083; both must agree. The file is truncated or corrupt: copy or save it again."));
    }

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void Read_NotFinite_NamesThePlace(float value, string seen)
    {
        using var folder = new TemporaryFolder();
        var data = new float[2 * 3 * 4 * 5 * 2];
        data[(((((1 * 3) + 2) * 4) + 3) * 10) + (4 * 2) + 1] = value;
        string path = folder.File("c.npy");
        NpyFile.Write(path, new Tensor("", [2, 3, 4, 5, 2], data));

        Assert.That(() => ClipFile.Read(path), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            $"{path}: clip 1, channel 2, frame 3, joint 4, person 1 is {seen}; all values are finite. Repair or leave out the clip."));
    }

    [Test]
    public void Read_DiskThatFails_SaysSo()
    {
        using var stream = new FailingStream(NpyTests.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3, 1, 1, 1)}", new byte[12]), 80);
        Assert.That(() => ClipFile.Read("c.npy", stream), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            "c.npy: the clips cannot be read (bad sector); the file must be complete and fit in memory. Copy it again or split it."));
    }

    /// <summary>A file whose disk fails at a position.</summary>
    private sealed class FailingStream(byte[] bytes, int position) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => Position + buffer.Length > position ? throw new IOException("bad sector") : base.Read(buffer);
    }

    [TestCase(0, new[] { 0, 1, 2, 3, 4 })]
    [TestCase(1, new[] { 0, 2, 4 })]
    [TestCase(2, new[] { 0, 3 })]
    [TestCase(9, new[] { 0 })]
    public void WithSkip_KeepsEveryFrameAfterTheSkipped(int skip, int[] kept)
    {
        var clips = new ClipSet(2, 3, 5, 1, 2, [.. Enumerable.Range(0, 60).Select(i => (float)i)]);

        ClipSet fewer = clips.WithSkip(skip);

        Assert.That(fewer.Frames, Is.EqualTo(kept.Length));
        IEnumerable<float> expected = Enumerable.Range(0, 6).SelectMany(plane => kept.SelectMany(t => new[] { (plane * 10f) + (t * 2), (plane * 10f) + (t * 2) + 1 }));
        Assert.That(fewer.Data, Is.EqualTo(expected));
    }

    [Test]
    public void Take_LeavesTheFirst()
    {
        var clips = new ClipSet(3, 3, 1, 1, 1, [.. Enumerable.Range(0, 9).Select(i => (float)i)]);

        Assert.That(clips.Take(2).Data, Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(clips.Take(9), Is.SameAs(clips));
    }

    [Test]
    public void ReadSource_UnknownKind_SaysWhatIsRead()
    {
        using var folder = new TemporaryFolder();
        Assert.That(BadFile.Message("c.csv", [], p => ClipSource.Read(p)), Is.EqualTo("FILE: the extension is '.csv'; clips are an .npy, a .skeleton file or a folder of those. Convert the file."));
        Assert.That(() => ClipSource.Read(folder.Path), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            $"{folder.Path}: the folder has no .skeleton files; clips are an .npy, a .skeleton file or a folder of those. Check the path."));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void ReadSource_FolderThatMayNotBeListed_SaysSo()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("root may list any folder");
        }
        using var folder = new TemporaryFolder();
        string closed = Directory.CreateDirectory(folder.File("closed"), UnixFileMode.None).FullName;
        Assert.That(() => ClipSource.Read(closed), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            $"{closed}: the folder cannot be listed (Access to the path '{closed}' is denied.); it must be readable. Check its permissions."));
    }
}
