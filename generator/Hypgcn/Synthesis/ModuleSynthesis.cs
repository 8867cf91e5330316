using Hypgcn.Hardware;

namespace Hypgcn.Synthesis;

/// <summary>What synthesis made of one module without its children.</summary>
/// <param name="Own">Resources of the module's own logic.</param>
/// <param name="Children">Instances in it.</param>
/// <param name="Arcs">Its paths.</param>
public sealed record ModuleSynthesis(Resources Own, IReadOnlyList<ChildInstance> Children, IReadOnlyList<TimingArc> Arcs);
