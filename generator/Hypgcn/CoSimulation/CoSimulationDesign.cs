using Hypgcn.Hardware;

namespace Hypgcn.CoSimulation;

/// <summary>What co-simulation must know of a generated design; everything else is in its files.</summary>
public sealed record CoSimulationDesign
{
    /// <summary>The design folder, with <c>filelist.f</c>, <c>filelist_sim.f</c>, <c>cosim/ports.h</c> and the memory images.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the accelerator's top module.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the module that brings the taps and counters out.</summary>
    public string SimulationModule => Name + "_sim";

    /// <summary>Bits of a feature: 8 or 16.</summary>
    public required int Bits { get; init; }

    /// <summary>Persons of a clip.</summary>
    public required int Persons { get; init; }

    /// <summary>Joints of a person.</summary>
    public required int Joints { get; init; }

    /// <summary>Logits of a clip.</summary>
    public required int Classes { get; init; }

    /// <summary>The tapped streams, in the order of the tap ports.</summary>
    public required IReadOnlyList<Boundary> Boundaries { get; init; }

    /// <summary>The stages with counters, in the order of their indices.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>The RFC FIFOs with counters of dropped words, in the order of their indices.</summary>
    public required IReadOnlyList<string> Fifos { get; init; }

    /// <summary>Whether the stages count; without, their counters are not compared.</summary>
    public bool HasStageCounters { get; init; } = true;

    /// <summary>The design whose emitted folder this is.</summary>
    public static CoSimulationDesign Of(AcceleratorDesign design, string folder)
    {
        ArgumentNullException.ThrowIfNull(design);
        return new CoSimulationDesign
        {
            Folder = Path.GetFullPath(folder),
            Name = design.Name,
            Bits = design.Model.FeatureBits,
            Persons = design.Model.Persons,
            Joints = design.Model.Joints,
            Classes = design.Model.Classes,
            Boundaries = design.Boundaries,
            Stages = design.Stages,
            Fifos = design.FifoNames,
            HasStageCounters = design.Parameters.Counters,
        };
    }
}
