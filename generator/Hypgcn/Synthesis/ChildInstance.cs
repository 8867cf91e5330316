namespace Hypgcn.Synthesis;

/// <summary>An instance inside a module.</summary>
/// <param name="Name">Instance name.</param>
/// <param name="Configuration">Its module and parameters.</param>
public sealed record ChildInstance(string Name, ModuleConfiguration Configuration);
