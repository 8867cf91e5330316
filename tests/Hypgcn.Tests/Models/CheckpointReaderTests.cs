using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed partial class CheckpointReaderTests
{
    private static readonly string Demo = RepositoryRoot.File("examples/demo/demo.pt");

    [Test]
    public void Read_Demo_RecoversBlocksAndValues()
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
}
