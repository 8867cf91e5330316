using System.Text;
using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.BadInput;

/// <summary>Good files of every kind: the example's, and small ones made here.</summary>
internal static class BaseFiles
{
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Made = new(Make);

    /// <summary>Contents by name; every reader accepts its own.</summary>
    public static IReadOnlyDictionary<string, byte[]> All => Made.Value;

    /// <summary>Writes all of them.</summary>
    public static void Write(string folder)
    {
        foreach ((string name, byte[] bytes) in All)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    private static Dictionary<string, byte[]> Make()
    {
        string example = Path.Combine(Repository.Root, "examples", "demo");
        byte[] checkpoint = File.ReadAllBytes(Path.Combine(example, "demo.pt"));
        IReadOnlyList<Tensor> tensors = [.. TensorFile.Read(Path.Combine(example, "demo.pt")).Values];
        ClipSet clips = ClipFile.Read(Path.Combine(example, "clips.npy")).Take(2);
        using var folder = new TemporaryFolder();
        SafetensorsFile.Write(folder.File("a.safetensors"), tensors);
        NpzFile.Write(folder.File("a.npz"), tensors);
        NpyFile.Write(folder.File("a.npy"), new Tensor("", [2, 3, 8, 25, 1], clips.Data[..(2 * 3 * 8 * 25)]));
        NpyFile.Write(folder.File("l.npy"), new Tensor("", [2], new long[] { 1, 4 }));
        File.WriteAllBytes(folder.File("demo.pt"), checkpoint);
        byte[] configuration = File.ReadAllBytes(Path.Combine(example, "accelerator.json"));
        File.WriteAllBytes(folder.File("accelerator.json"), configuration);
        DesignProject design = DesignProject.FromConfiguration(folder.File("accelerator.json"));
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["demo.pt"] = checkpoint,
            ["a.safetensors"] = File.ReadAllBytes(folder.File("a.safetensors")),
            ["a.npz"] = File.ReadAllBytes(folder.File("a.npz")),
            ["clips.npy"] = File.ReadAllBytes(folder.File("a.npy")),
            ["labels.npy"] = File.ReadAllBytes(folder.File("l.npy")),
            ["labels.pkl"] = Labels(),
            ["accelerator.json"] = configuration,
            ["manifest.json"] = Encoding.UTF8.GetBytes(design.Manifest(folder.Path).ToJson()),
            ["joints.json"] = Graph(),
            ["a.skeleton"] = Encoding.UTF8.GetBytes("3\n1\n" + SkeletonFileTests.Body(1) + "2\n" + SkeletonFileTests.Body(1) + SkeletonFileTests.Body(2) + "0\n"),
        };
    }

    private static byte[] Labels() => new PickleWriter().Op("](").Text("a").Text("b").Op("e](K\u0001")
        .Global("numpy.core.multiarray", "scalar").Op("(").Global("numpy", "dtype").Op("(").Text("i8").Op("tR(").Integer(3).Text("<").Op("NNNtb")
        .Op("C").Raw(8, 4, 0, 0, 0, 0, 0, 0, 0).Op("tRe").Raw(0x86).Stop();

    private static byte[] Graph() => Encoding.UTF8.GetBytes(
        $$"""{ "joints": 25, "center": 20, "edges": [{{string.Join(", ", SkeletonGraph.Ntu25.Inward.Select(e => $"[{e.Joint}, {e.Centreward}]"))}}] }""");
}
