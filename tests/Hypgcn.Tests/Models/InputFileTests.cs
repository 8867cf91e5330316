using System.Diagnostics;
using Hypgcn.Configuration;
using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

/// <summary>Paths that are no file with contents, through the readers that open them.</summary>
[Platform("Linux")]
internal sealed class InputFileTests
{
    private const string NoContents = "the file has 0 bytes; it must be a file with contents, not a pipe or a device. Check the path.";

    [Test]
    public void Read_PipeWithoutWriter_DoesNotWait()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "a.pt", "a.npy", "a.pkl", "a.skeleton", "a.json" })
        {
            string path = folder.File(name);
            using (Process pipe = Process.Start("mkfifo", path))
                pipe.WaitForExit();
            Assert.That(() => Read(path), Throws.InstanceOf<HypgcnException>().With.Message.EqualTo($"{path}: {NoContents}"));
        }
    }

    [Test]
    public void Read_LinkToADevice_DoesNotReadForEver()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "a.pt", "a.npz", "a.npy", "a.pkl", "a.skeleton", "a.json" })
        {
            string path = folder.File(name);
            File.CreateSymbolicLink(path, "/dev/zero");
            Assert.That(() => Read(path), Throws.InstanceOf<HypgcnException>().With.Message.EqualTo($"{path}: {NoContents}"));
        }
    }

    [Test]
    public void Read_LinkToAFile_IsRead()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("b.json"), folder.File("a.json", "{}"u8.ToArray()));
        Assert.That(() => Read(folder.File("b.json")), Throws.Nothing);
    }

    [Test]
    public void Read_PathThatCannotBe_SaysSo() => Assert.That(() => Read("a\0.npy"), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
        "a\\u0000.npy: the file cannot be opened (Null character in path. (Parameter 'path')); it must be readable. Check the path and its permissions."));

    [TestCase("a.json", 4 << 20, "a configuration")]
    [TestCase("manifest.json", 4 << 20, "a manifest")]
    [TestCase("a.pkl", 32 << 20, "a label file")]
    [TestCase("joints.json", 1 << 20, "a joint graph")]
    public void Read_LargerThanItsKind_IsRefusedUnread(string name, int largest, string kind)
    {
        using var folder = new TemporaryFolder();
        string path = Sparse(folder, name, largest + 1L);
        HypgcnException problem = Assert.Catch<HypgcnException>(() => Read(path))!;
        Assert.That(problem.Message, Is.EqualTo(name == "manifest.json"
            ? $"{folder.Path}: it holds no readable manifest.json; a design folder is what hypgcn generate writes. Check the path."
            : $"{path}: the file has {largest + 1} bytes; {kind} has at most {largest}. Check the path."));
    }

    [Test]
    public void Read_MoreBytesThanAnArray_IsRefusedUnread()
    {
        using var folder = new TemporaryFolder();
        const long Values = 300_000_000;
        byte[] header = NpyTests.Npy($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({Values},)}}", []);
        string npy = Sparse(folder, "a.npy", header.Length + (8 * Values), header);
        byte[] json = System.Text.Encoding.UTF8.GetBytes($$$"""{"x":{"dtype":"F64","shape":[{{{Values}}}],"data_offsets":[0,{{{8 * Values}}}]}}""");
        string safetensors = Sparse(folder, "a.safetensors", 8 + json.Length + (8 * Values), [.. BitConverter.GetBytes((long)json.Length), .. json]);

        Assert.That(() => TensorFile.Read(npy), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            $"{npy}: the array has 2400000000 bytes; at most 2147483591 are read. Split it."));
        Assert.That(() => TensorFile.Read(safetensors), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            $"{safetensors}: tensor 'x' has 2400000000 bytes; at most 2147483591 are read. Split it."));
    }

    private static string Sparse(TemporaryFolder folder, string name, long length, params byte[] start)
    {
        using FileStream file = File.Create(folder.File(name));
        file.Write(start);
        file.SetLength(length);
        return file.Name;
    }

    private static void Read(string path)
    {
        switch (Path.GetFileName(path))
        {
            case "manifest.json": DesignManifest.Read(Path.GetDirectoryName(path)!); break;
            case "joints.json": SkeletonGraphFile.Read(path); break;
            case var name when name.EndsWith(".json", StringComparison.Ordinal): ConfigurationFile.Read(path); break;
            case var name when name.EndsWith(".pkl", StringComparison.Ordinal): LabelFile.Read(path); break;
            case var name when name.EndsWith(".skeleton", StringComparison.Ordinal): SkeletonFile.Read(path); break;
            default: TensorFile.Read(path); break;
        }
    }
}
