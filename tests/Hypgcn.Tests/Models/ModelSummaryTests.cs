using Hypgcn.Models;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Models;

internal sealed class ModelSummaryTests
{
    [Test]
    [Category("SharedData")]
    public void Of_FullNetwork_AgreesWithThePaper()
    {
        ModelGraph model = CheckpointReader.Read(SharedData.Path("data/agcn_nwucla_dense.pt"), new CheckpointOptions());

        ModelSummary summary = ModelSummary.Of(model, frames: 300, persons: 2);

        Assert.That(Math.Round(summary.MacsPerClip / 1e9, 2), Is.EqualTo(17.25));
        Assert.That(Math.Round(summary.TemporalMacs / 1e9, 2), Is.EqualTo(12.17));
        Assert.That(Math.Round(summary.SpatialMacs / 1e9, 2), Is.EqualTo(3.88));
        Assert.That(Math.Round(summary.GraphMacs / 1e9, 2), Is.EqualTo(0.65));
        Assert.That(Math.Round(summary.ShortcutMacs / 1e9, 2), Is.EqualTo(0.56));
    }

    [Test]
    public void ToText_Demo_ShowsEveryBlock() => Assert.That(ModelSummaryFormatter.ToText(Demo()), Is.EqualTo("""
        3 blocks, 25 joints, 3 graphs, 3 channels, 6 classes, data_bn for 1 person(s)
        one clip: 32 frames, 1 person(s)

        block    in   out  stride  frames  residual     parameters    graph  spatial  temporal  shortcut   MMAC
        l1        3    16       1      32  none               4547      0.2      0.1       1.8       0.0
        l2       16    16       1      32  identity           5075      1.0      0.6       1.8       0.0
        l3       16    32       2      32  convolution       14099      1.0      1.2       3.7       0.6
        total                                                24069      2.1      2.0       7.4       0.7

        0.01 GMAC per clip
        dropped: nothing

        """.ReplaceLineEndings("\n")));

    [Test]
    public void ToText_Dropped_NamesTheTensors() => Assert.That(ModelSummaryFormatter.ToText(Demo() with { Dropped = ["l1.gcn1.conv_a.0.weight"] }),
        Does.EndWith("dropped: 1 tensors of the data-dependent graph C\n  l1.gcn1.conv_a.0.weight\n"));

    [Test]
    public void ToJson_Demo_HasTheKeysScriptsRelyOn()
    {
        var json = ModelSummaryFormatter.ToJson(Demo());

        Assert.That((long)json["parameters"]!, Is.EqualTo(24069));
        Assert.That((long)json["macs_per_clip"]!, Is.EqualTo(12_084_192));
        Assert.That(json["blocks"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(json["dropped"]!.AsArray(), Is.Empty);
        Assert.That(json["missing"]!.AsArray(), Is.Empty);
    }

    private static ModelSummary Demo() =>
        ModelSummary.Of(CheckpointReader.Read(Path.Combine(Repository.Root, "examples/demo/demo.pt"), new CheckpointOptions()), frames: 32, persons: 1);
}
