namespace Hypgcn.Hardware;

/// <summary>The read-only memories outside the blocks: data_bn and classifier.</summary>
public static class SharedImages
{
    /// <summary>All of them.</summary>
    public static IEnumerable<MemoryImage> Create(AcceleratorDesign design) =>
        [Input(design), ClassifierWeight(design), ClassifierBias(design)];

    private static MemoryImage Input(AcceleratorDesign design)
    {
        var input = design.Model.Input;
        var bits = design.Model.FeatureBits;
        return new MemoryImage("input_norm.mem", design.InputSumBits + bits, input.Scale.Length, image =>
        {
            for (var n = 0; n < input.Scale.Length; n++)
            {
                image.Set(n, 0, bits, input.Scale[n]);
                image.Set(n, bits, design.InputSumBits, input.Offset[n] + BlockImages.Half(input.Shift));
            }
        }) { IsRegistered = false };
    }

    private static MemoryImage ClassifierWeight(AcceleratorDesign design)
    {
        var lanes = design.Parameters.ClassifierLanes;
        var channels = design.Blocks[^1].Integers.OutputChannels;
        var passes = BlockDesign.Divide(design.Model.Classes, lanes);
        return new MemoryImage("classifier_weight.mem", lanes * design.Model.FeatureBits, passes * channels, image =>
        {
            for (var c = 0; c < design.Model.Classes; c++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var value = design.Model.Classifier.Weight[(c * channels) + channel];
                    image.Set((c / lanes * channels) + channel, c % lanes * design.Model.FeatureBits, design.Model.FeatureBits, value);
                }
            }
        });
    }

    private static MemoryImage ClassifierBias(AcceleratorDesign design)
    {
        return new MemoryImage("classifier_bias.mem", design.LogitBits, design.Model.Classes, image =>
        {
            for (var c = 0; c < design.Model.Classes; c++)
            {
                image.Set(c, 0, design.LogitBits, design.Model.Classifier.Bias[c]);
            }
        }) { IsRegistered = false };
    }
}
