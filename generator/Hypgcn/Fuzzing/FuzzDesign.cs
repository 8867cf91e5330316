using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Fuzzing;

/// <summary>A case made into a design and the clips it runs on.</summary>
public sealed class FuzzDesign
{
    private const string ModuleName = "fuzz";

    /// <summary>Everything follows from the case.</summary>
    /// <exception cref="HypgcnException">A rule refuses it.</exception>
    public FuzzDesign(FuzzCase fuzz)
        : this(fuzz, FuzzWeights.Quantize(fuzz))
    {
    }

    internal FuzzDesign(FuzzCase fuzz, QuantizedModel model)
    {
        ArgumentNullException.ThrowIfNull(fuzz);
        Case = fuzz;
        Design = new AcceleratorDesign(ModuleName, model, new HardwareParameters
        {
            Blocks = [.. fuzz.Blocks.Select(block => block.Hardware)],
            PoolWidth = fuzz.PoolWidth,
            ClassifierLanes = fuzz.ClassifierLanes,
            Counters = fuzz.Counters,
        });
    }

    public FuzzCase Case { get; }

    public AcceleratorDesign Design { get; }

    /// <summary>Draws that a rule refused before this one.</summary>
    public int Refusals { get; init; }

    public PortPattern Pattern => new(Case.StallSeed, Case.GapCycles);

    /// <summary>What the clips are in integers, [clip][person, frame, joint, channel].</summary>
    public short[][] Clips()
    {
        SmallNetwork network = Case.Network;
        return [.. Enumerable.Range(0, Case.Clips).Select(index =>
        {
            var scale = index switch { 0 => 1F, 1 => 5F, _ => 0F };
            var values = Array.ConvertAll(network.Clip(Case.Frames, Case.Persons, Case.WeightSeed + 2 + index), value => scale * value);
            return ClipQuantizer.Quantize(Design.Model, values);
        })];
    }

    /// <summary>Writes the design folder.</summary>
    /// <exception cref="HypgcnException">The folder cannot be written.</exception>
    public void Write(string folder) =>
        new DesignEmitter(TemplateSet.Installed, TemplateFolder.Templates).Write(Design, folder, Case.ToString(), "hypgcn fuzz --replay manifest.json");
}
