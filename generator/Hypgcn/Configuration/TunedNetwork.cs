using System.Diagnostics;
using Hypgcn.Cycles;
using Hypgcn.Exploration;
using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Configuration;

/// <summary>A configuration with the design that was chosen for it.</summary>
/// <param name="Project">The configuration and its network.</param>
/// <param name="Tuned">The design.</param>
/// <param name="Choosing">How long it was searched for, once the zeros of the clips were counted.</param>
public sealed record TunedNetwork(AcceleratorProject Project, TunedDesign Tuned, TimeSpan Choosing)
{
    /// <summary>Chooses the hardware of a configuration.</summary>
    /// <param name="project">Its lanes do not matter.</param>
    /// <param name="path">Names the clips in messages.</param>
    /// <param name="recorded">Clips of joints, as recorded; all are run.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="device">What counts as cheap: shares of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InfeasibleException">Nothing will do.</exception>
    /// <exception cref="HypgcnException">The clips have another shape.</exception>
    public static TunedNetwork Tune(
        AcceleratorProject project, string path, ClipSet recorded, TuneRequest request, Device device, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(device);
        var configuration = project.Configuration;
        var model = project.Quantize();
        var clips = project.Prepare(path, recorded);
        if ((clips.Frames, clips.Persons) != (model.Frames, model.Persons))
        {
            throw new HypgcnException(
                $"{path}: the clips have {clips.Frames} frames after input skipping {configuration.Skip} and {clips.Persons} person(s); "
                    + $"the design takes {model.Frames} and {model.Persons}. Give clips of that shape.");
        }
        List<AcceleratorDesign> designs = [];
        foreach (var parameters in configuration.Hardware.OneLane(model, configuration.Counters, configuration.Sparsity))
        {
            // A DSP block that is too narrow for two products makes one.
            var fit = parameters with { Blocks = [.. parameters.Blocks.Select(block => device.MultiplierBits < 27 ? block with { PackProducts = false } : block)] };
            designs.Add(designs.Count == 0
                ? new AcceleratorDesign(DesignProject.ModuleName(configuration.Name), model, fit)
                : designs[0].With(fit));
        }
        var traces = new ClipSequence(new IntegerNetwork(model), designs[0].RfcRules).Run(
            [.. Enumerable.Range(0, clips.Count).Select(clip => ClipQuantizer.Quantize(model, clips.Clip(clip)))], cancellationToken);
        ClipActivity[] activity = [.. traces.Select(trace => ClipActivity.Of(model, trace))];
        var watch = Stopwatch.StartNew();
        var tuner = Tuner.Measure(designs, activity, new TuneLimits(device.Dsp, device.Bram36, device.Lut), cancellationToken);
        return new TunedNetwork(project, tuner.Tune(request, cancellationToken), watch.Elapsed);
    }
}
