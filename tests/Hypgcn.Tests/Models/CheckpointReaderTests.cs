using Hypgcn.Models;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Models;

internal sealed partial class CheckpointReaderTests
{
    private static readonly string Demo = Path.Combine(Repository.Root, "examples/demo/demo.pt");

    [Test]
    public void Read_Demo_RecoversBlocks()
    {
        ModelGraph model = CheckpointReader.Read(Demo, new CheckpointOptions());

        Assert.That(model.Blocks.Select(b => (b.InputChannels, b.OutputChannels, b.Stride, b.Residual)), Is.EqualTo(new[]
        {
            (3, 16, 1, ResidualKind.None), (16, 16, 1, ResidualKind.Identity), (16, 32, 2, ResidualKind.Convolution),
        }));
        Assert.That((model.Joints, model.Subsets, model.InputChannels, model.Classes, model.DataNormPersons), Is.EqualTo((25, 3, 3, 6, 1)));
        Assert.That(model.Blocks.Select(b => b.Down is null), Is.EqualTo(new[] { false, true, false }));
        Assert.That(model.Blocks.All(b => b.Temporal.Kernel == 9 && b.Spatial.Count == 3 && b.Graph.Length == 3 * 25 * 25));
    }

    [Test]
    public void Read_Demo_GraphIsFixedPlusLearned()
    {
        ModelGraph model = CheckpointReader.Read(Demo, new CheckpointOptions());
        double[] learned = TensorFile.Read(Demo)["l2.gcn1.PA"].ToDoubles();
        double[] anchored = SkeletonGraph.Ntu25.SpatialPartition();

        Assert.That(model.Blocks[1].Graph, Is.EqualTo(learned.Zip(anchored, (pa, a) => a + pa)));
    }

    [Test]
    public void Build_OtherSpellings_GiveTheSameNetwork()
    {
        // One character at the end of a block's name, conv_res for down, numbered residuals, and a wrapper's prefix.
        Dictionary<string, Tensor> renamed = DemoTensors().ToDictionary(x => "module." + x.Key
            .Replace(".gcn1.down.", ".gcn.conv_res.", StringComparison.Ordinal).Replace(".gcn1.", ".gcn.", StringComparison.Ordinal)
            .Replace("tcn1", "tcn", StringComparison.Ordinal)
            .Replace("residual.conv.", "residual.0.", StringComparison.Ordinal).Replace("residual.bn.", "residual.1.", StringComparison.Ordinal)
            .Replace("l1.", "l1a.", StringComparison.Ordinal).Replace("l2.", "l2a.", StringComparison.Ordinal).Replace("l3.", "l3a.", StringComparison.Ordinal), x => x.Value);

        AssertSame(CheckpointReader.Build("net.pt", renamed, new CheckpointOptions()), CheckpointReader.Read(Demo, new CheckpointOptions()));
    }

    [Test]
    public void Build_WithDataDependentGraph_DropsIt()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        tensors["l1.gcn1.conv_a.0.weight"] = new Tensor("", [4, 3, 1, 1], new float[12]);
        tensors["l1.gcn1.conv_b.2.bias"] = new Tensor("", [4], new float[4]);

        ModelGraph model = CheckpointReader.Build("net.pt", tensors, new CheckpointOptions());

        Assert.That(model.Dropped, Is.EqualTo(new[] { "l1.gcn1.conv_a.0.weight", "l1.gcn1.conv_b.2.bias" }));
    }

    [Test]
    public void Build_AInTheCheckpoint_IsUsedWhateverK()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        foreach (string block in new[] { "l1", "l2", "l3" })
        {
            tensors[$"{block}.gcn1.PA"] = new Tensor("", [1, 25, 25], Enumerable.Repeat(0.25f, 625).ToArray());
            tensors[$"{block}.gcn1.A"] = new Tensor("", [1, 25, 25], Enumerable.Repeat(0.5f, 625).ToArray());
            foreach (string key in tensors.Keys.Where(k => k.Contains("conv_d.1") || k.Contains("conv_d.2")).ToList())
                tensors.Remove(key);
        }

        ModelGraph model = CheckpointReader.Build("net.pt", tensors, new CheckpointOptions());

        Assert.That(model.Subsets, Is.EqualTo(1));
        Assert.That(model.Blocks[2].Graph, Is.All.EqualTo(0.75));
    }

    [Test]
    public void Build_TwoPersonNorm_IsKept()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" })
            tensors[$"data_bn.{part}"] = new Tensor("", [150], [.. tensors[$"data_bn.{part}"].ToSingles(), .. tensors[$"data_bn.{part}"].ToSingles()]);

        ModelGraph model = CheckpointReader.Build("net.pt", tensors, new CheckpointOptions());

        Assert.That((model.DataNormPersons, model.DataNorm.Gamma.Length), Is.EqualTo((2, 150)));
    }

    [Test]
    public void Build_NoBiasAnywhere_MeansZeros()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        foreach (string key in tensors.Keys.Where(k => k.EndsWith(".bias", StringComparison.Ordinal) && tensors[k[..^4] + "weight"].Shape.Count == 4).ToList())
            tensors.Remove(key);

        ModelGraph model = CheckpointReader.Build("net.pt", tensors, new CheckpointOptions());

        Assert.That(model.Blocks[0].Temporal.Bias, Is.EqualTo(new double[16]));
    }

    [Test]
    public void Build_Strides_AreOverridden()
    {
        ModelGraph model = CheckpointReader.Build("net.pt", DemoTensors(), new CheckpointOptions { Strides = [2, 1, 1] });

        Assert.That(model.Blocks.Select(b => b.Stride), Is.EqualTo(new[] { 2, 1, 1 }));
    }

    [TestCase("net.npz")]
    [TestCase("net.safetensors")]
    public void Read_OtherContainer_GivesTheSameNetwork(string file)
    {
        using var folder = new TemporaryFolder();
        List<Tensor> tensors = [.. TensorFile.Read(Demo).Values];
        if (file.EndsWith(".npz", StringComparison.Ordinal))
            NpzFile.Write(folder.File(file), tensors);
        else
            SafetensorsFile.Write(folder.File(file), tensors);

        AssertSame(CheckpointReader.Read(folder.File(file), new CheckpointOptions()), CheckpointReader.Read(Demo, new CheckpointOptions()));
    }

    private static void AssertSame(ModelGraph actual, ModelGraph expected)
    {
        static string Flat(ModelGraph model) => System.Text.Json.JsonSerializer.Serialize(model);
        Assert.That(Flat(actual), Is.EqualTo(Flat(expected)));
    }
}
