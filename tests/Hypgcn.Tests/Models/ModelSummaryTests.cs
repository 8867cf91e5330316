using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed class ModelSummaryTests
{
    [Test]
    [Category("SharedData")]
    public void Of_FullNetwork_AgreesWithThePaper()
    {
        ModelGraph model = CheckpointReader.Read(SharedData.Path("data/agcn_nwucla_dense.pt"), new CheckpointOptions());

        ModelSummary summary = ModelSummary.Of(model, frames: 300, persons: 2);
        TestContext.Out.WriteLine(ModelSummaryFormatter.ToText(summary));

        Assert.That(Math.Round(summary.MacsPerClip / 1e9, 2), Is.EqualTo(17.25));
        Assert.That(Math.Round(summary.TemporalMacs / 1e9, 2), Is.EqualTo(12.17));
        Assert.That(Math.Round(summary.SpatialMacs / 1e9, 2), Is.EqualTo(3.88));
        Assert.That(Math.Round(summary.GraphMacs / 1e9, 2), Is.EqualTo(0.65));
        Assert.That(Math.Round(summary.ShortcutMacs / 1e9, 2), Is.EqualTo(0.56));
    }
}
