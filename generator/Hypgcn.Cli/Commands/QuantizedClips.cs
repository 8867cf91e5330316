using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary>Clips of joints as the integers that a design takes.</summary>
internal static class QuantizedClips
{
    /// <summary>All clips of a file.</summary>
    /// <exception cref="HypgcnException">The file is bad or its clips have another shape.</exception>
    public static short[][] Of(DesignProject opened, string path) => Of(opened, path, ClipSource.Read(path));

    /// <summary>Clips that were read.</summary>
    /// <param name="opened">The design.</param>
    /// <param name="path">Names the clips in messages.</param>
    /// <param name="recorded">As recorded, before input skipping.</param>
    /// <exception cref="HypgcnException">They have another shape.</exception>
    public static short[][] Of(DesignProject opened, string path, ClipSet recorded)
    {
        ClipSet set = opened.Project.Prepare(path, recorded);
        QuantizedModel model = opened.Design.Model;
        return (set.Channels, set.Frames, set.Joints, set.Persons) == (model.InputChannels, model.Frames, model.Joints, model.Persons)
            ? [.. Enumerable.Range(0, set.Count).Select(clip => ClipQuantizer.Quantize(model, set.Clip(clip)))]
            : throw new HypgcnException(
                $"{path}: the clips are [C,T,V,M] = [{set.Channels}, {set.Frames}, {set.Joints}, {set.Persons}] after input skipping {opened.Project.Configuration.Skip}; "
                    + $"the design takes [{model.InputChannels}, {model.Frames}, {model.Joints}, {model.Persons}]. "
                    + "Give clips of that shape or generate a design for these.");
    }
}
