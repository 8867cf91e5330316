using Hypgcn.Hardware;

namespace Hypgcn.Cli.Commands;

/// <summary>A design folder, reconstructed from its <c>manifest.json</c>.</summary>
/// <param name="Design">The design.</param>
/// <param name="Skip">Input skipping: frames left out after each kept one.</param>
internal sealed record OpenedDesign(AcceleratorDesign Design, int Skip);
