using Hypgcn.Models;
using Hypgcn.Pruning;

namespace Hypgcn.Tests.Pruning;

public sealed class ModelStructureFormatterTests
{
    private static ModelStructure Structure()
    {
        var small = new SmallCheckpoint(new SmallNetwork().Build());
        PruningSchedule schedule = new()
        {
            Blocks = [new(3, TapPattern.Named("3of9-loop8")!), new(4, TapPattern.Named("3of9-loop8")!), new(2, TapPattern.Own([[0, 8], [4]]))],
            LastFilters = 6,
        };
        ModelGraph model = small.Prune(Pruner.Plan(small.Model, schedule));
        Convolution down = model.Blocks[2].Down!;
        down.Weight[5] = 0;
        return ModelStructure.Of(model, 300, 1);
    }

    [Test]
    public void ToText_PrunedNetwork_ShowsWhatIsLeft() => Assert.That(ModelStructureFormatter.ToText(Structure()), Is.EqualTo("""
        block   channels   filters  taps  pattern          weights     left     MMAC     left  irregular
        l1           3/3       4/8     3  3of9-loop4           672      192      1.1      0.4          0
        l2           4/8       2/8     3  3of9-loop4           768      144      1.3      0.3          0
        l3           2/8      6/12   1.5  loop of 2           1776      372      1.8      0.5          1
        total                                                 3216      708      4.2      1.1          1

        compression 4.54x, graph work skipped 52.63 %, spatial input channels kept 47.4 %
        1 zeros are irregular: no unit skips them

        """.ReplaceLineEndings("\n")));

    [Test]
    public void ToJson_PrunedNetwork_HasTheKeysScriptsRelyOn()
    {
        var json = ModelStructureFormatter.ToJson(Structure());

        Assert.That((long)json["irregular_zeros"]!, Is.EqualTo(1));
        Assert.That((int)json["blocks"]![1]!["kept_input_channels"]!, Is.EqualTo(4));
        Assert.That((int)json["blocks"]![1]!["kept_filters"]!, Is.EqualTo(2));
        Assert.That((string)json["blocks"]![2]!["pattern"]!, Is.EqualTo("loop of 2"));
        Assert.That((double)json["blocks"]![2]!["kept_taps"]!, Is.EqualTo(1.5));
        Assert.That((double)json["graph_skip"]!, Is.EqualTo(1 - (9.0 / 19)));
    }
}
