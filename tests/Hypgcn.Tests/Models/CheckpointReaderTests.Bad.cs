using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed partial class CheckpointReaderTests
{
    private const string Advice = "Check that this is a complete 2s-AGCN checkpoint, and that graph and strides are its own.";

    [Test]
    public void Build_SeveralTensorsWrong_NamesAllAtOnce()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        tensors.Remove("l1.tcn1.conv.weight");
        tensors.Remove("l2.gcn1.bn.running_var");
        tensors["l2.gcn1.conv_d.1.weight"] = new Tensor("", [16, 8, 1, 1], new float[128]);
        tensors["l3.gcn1.conv_d.2.bias"] = Changed(tensors["l3.gcn1.conv_d.2.bias"], 5, float.NaN);
        tensors["fc.bias"] = Changed(tensors["fc.bias"], 1, float.PositiveInfinity);
        tensors["l3.tcn1.bn.running_var"] = Changed(tensors["l3.tcn1.bn.running_var"], 2, -0.5f);
        tensors["l3.gcn1.conv_ta.weight"] = new Tensor("", [1], new float[1]);

        ModelFormatException problem = Assert.Throws<ModelFormatException>(() => CheckpointReader.Build("net.pt", tensors, new CheckpointOptions()))!;

        Assert.That(problem.Message, Is.EqualTo("net.pt: l1.tcn1.conv.weight is missing, shape [16, 16, 9, 1] is needed; " +
            "l2.gcn1.conv_d.1.weight has shape [16, 8, 1, 1], [16, 16, 1, 1] is needed; l2.gcn1.bn.running_var is missing, shape [16] is needed; " +
            "l3.gcn1.conv_d.2.bias[5] is NaN, all values must be finite; l3.tcn1.bn.running_var[2] is -0.5, a variance is 0 or more; " +
            $"fc.bias[1] is infinite, all values must be finite; l3.gcn1.conv_ta.weight is no part of 2s-AGCN. {Advice}"));
        Assert.That(problem.Problems, Has.Count.EqualTo(7));
    }

    [Test]
    public void Build_BlockMissing_NamesIt()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        foreach (string key in tensors.Keys.Where(k => k.StartsWith("l2.", StringComparison.Ordinal)).ToList())
            tensors.Remove(key);

        Assert.That(Message(tensors), Is.EqualTo($"net.pt: block l2 is missing. {Advice}"));
    }

    [Test]
    public void Build_ResidualWithoutConvolution_IsNoIdentity()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        tensors.Remove("l3.residual.conv.weight");
        tensors.Remove("l3.residual.conv.bias");

        Assert.That(Message(tensors), Is.EqualTo(
            $"net.pt: l3.residual.conv.weight is missing, shape [32, 16, 1, 1] is needed; l3.residual.conv.bias is missing, shape [32] is needed. {Advice}"));
    }

    [Test]
    public void Build_DownMissing_NamesIt()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        foreach (string key in tensors.Keys.Where(k => k.StartsWith("l3.gcn1.down.", StringComparison.Ordinal)).ToList())
            tensors.Remove(key);

        Assert.That(Message(tensors), Does.StartWith("net.pt: l3.gcn1.down.0.weight is missing, shape [32, 16, 1, 1] is needed; l3.gcn1.down.0.bias is missing, shape [32] is needed; "));
    }

    [Test]
    public void Build_EvenKernel_IsAnError()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        tensors["l2.tcn1.conv.weight"] = new Tensor("", [16, 16, 4, 1], new float[1024]);

        Assert.That(Message(tensors), Is.EqualTo($"net.pt: l2.tcn1.conv.weight has 4 taps, an odd number is needed. {Advice}"));
    }

    [Test]
    public void Build_NoBlocks_IsAnError() => Assert.That(Message(new() { ["x"] = new Tensor("x", [1], new float[1]) }), Is.EqualTo(
        "net.pt: the checkpoint has no blocks l1, l2, ... among 1 tensors; 2s-AGCN's key names are read. Check that this is a complete 2s-AGCN checkpoint."));

    [Test]
    public void Build_OtherGraph_NamesBothAndTheChoice() => Assert.That(Message(DemoTensors(), new CheckpointOptions { Graph = SkeletonGraph.Ucla20 }), Is.EqualTo(
        "net.pt: the checkpoint has 25 joints, the graph ucla-20 has 20; both must agree. Pass the checkpoint's own graph (ntu-25, ucla-20, openpose-18 or a joints.json)."));

    [Test]
    public void Build_OtherSubsetsWithoutA_IsAnError()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        foreach (string block in new[] { "l1", "l2", "l3" })
            tensors[$"{block}.gcn1.PA"] = new Tensor("", [2, 25, 25], new float[1250]);

        Assert.That(Message(tensors), Is.EqualTo(
            "net.pt: the checkpoint has 2 graphs per block and no A; without A it is 2s-AGCN's spatial partition of 3. Store A in the checkpoint as lN.gcn1.A."));
    }

    [Test]
    public void Build_TooManySubsets_IsAnError()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        tensors["l1.gcn1.PA"] = new Tensor("", [33, 25, 25], new float[33 * 625]);

        Assert.That(Message(tensors), Is.EqualTo(
            "net.pt: the checkpoint has 33 graphs per block; at most 32 are supported. Check the shape of lN.gcn1.PA, [K, V, V]."));
    }

    [Test]
    public void Build_DataNormOfAnotherSize_NamesTheShape()
    {
        Dictionary<string, Tensor> tensors = DemoTensors();
        tensors["data_bn.weight"] = new Tensor("", [76], new float[76]);

        Assert.That(Message(tensors), Is.EqualTo($"net.pt: data_bn.weight has shape [76], [75] is needed. {Advice}"));
    }

    [Test]
    public void Build_WrongStrides_IsAnError()
    {
        Assert.That(Message(DemoTensors(), new CheckpointOptions { Strides = [1, 2] }), Is.EqualTo(
            "net.pt: 2 strides are given for 3 blocks; each block has one. Give 3 strides."));
        Assert.That(Message(DemoTensors(), new CheckpointOptions { Strides = [1, 1, 0] }), Is.EqualTo(
            "net.pt: strides[2] is 0; a stride lies in 1..16. Use 1 or 2 as in 2s-AGCN."));
        Assert.That(Message(DemoTensors(), new CheckpointOptions { Strides = [1, 2, 2] }), Is.EqualTo(
            $"net.pt: strides[1] is 2 although l2 adds its input unchanged, which needs stride 1. {Advice}"));
    }

    private static Dictionary<string, Tensor> DemoTensors() => new(TensorFile.Read(Demo), StringComparer.Ordinal);

    private static Tensor Changed(Tensor tensor, int index, float value)
    {
        float[] values = tensor.ToSingles();
        values[index] = value;
        return new Tensor(tensor.Name, tensor.Shape, values);
    }

    private static string Message(Dictionary<string, Tensor> tensors, CheckpointOptions? options = null) =>
        Assert.Throws<ModelFormatException>(() => CheckpointReader.Build("net.pt", tensors, options ?? new CheckpointOptions()))!.Message;
}
