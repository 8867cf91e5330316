using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;
using Hypgcn.Sparsity;

namespace Hypgcn.Configuration;

/// <summary>What <c>hypgcn quantize</c> finds out about a network from calibration clips.</summary>
public static class Calibration
{
    /// <summary>Chooses the formats.</summary>
    /// <param name="project">The network and the width outside its blocks.</param>
    /// <param name="clips">What the network takes (<see cref="AcceleratorProject.Prepare"/>).</param>
    /// <param name="widths">Width of each block; null: that of the network in all.</param>
    public static QuantizationFormats Formats(AcceleratorProject project, ClipSet clips, IReadOnlyList<int>? widths)
    {
        ArgumentNullException.ThrowIfNull(project);
        return FormatCalibrator.Choose(
            project.Model, clips, new QuantizerOptions { FeatureBits = project.Configuration.FeatureBits, BlockFeatureBits = widths });
    }

    /// <summary>Counts zeros of the integers, which are others than those of the trained network.</summary>
    /// <param name="project">The network.</param>
    /// <param name="formats">Its formats.</param>
    /// <param name="clips">What the network takes.</param>
    /// <param name="done">Called after each clip, from many threads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static NetworkSparsity Zeros(
        AcceleratorProject project, QuantizationFormats formats, ClipSet clips, Action? done = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(clips);
        var model = project.Quantize(formats, clips.Frames, clips.Persons);
        return SparsityMeter.Measure(model, clips.Count, n => ClipQuantizer.Quantize(model, clips.Clip(n)), done, cancellationToken);
    }
}
