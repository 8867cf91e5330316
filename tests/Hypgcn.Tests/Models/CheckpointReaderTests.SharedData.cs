using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed partial class CheckpointReaderTests
{
    [TestCase("agcn_nwucla_dense.pt")]
    [TestCase("agcn_nwucla_pruned.pt")]
    [Category("SharedData")]
    public void Read_TrainedNetwork_RecoversTheTenBlocks(string file)
    {
        ModelGraph model = CheckpointReader.Read(SharedData.Path($"data/{file}"), new CheckpointOptions());

        Assert.That(model.Blocks.Select(b => b.OutputChannels), Is.EqualTo(new[] { 64, 64, 64, 64, 128, 128, 128, 256, 256, 256 }));
        Assert.That(model.Blocks.Select(b => b.Stride), Is.EqualTo(new[] { 1, 1, 1, 1, 2, 1, 1, 2, 1, 1 }));
        Assert.That(model.Blocks[0].Residual, Is.EqualTo(ResidualKind.None));
        Assert.That(model.Blocks.Skip(1).Select(b => b.Residual == ResidualKind.Convolution),
            Is.EqualTo(new[] { false, false, false, true, false, false, true, false, false }));
        Assert.That((model.Joints, model.Subsets, model.Classes, model.DataNormPersons), Is.EqualTo((25, 3, 10, 1)));
        Assert.That(model.Dropped, Is.Empty);
    }
}
