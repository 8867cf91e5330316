namespace Scriban.Syntax;

/// <summary>What one round of a loop adds to the names.</summary>
internal sealed record LoopScope(string Variable, object? Item, int Index, bool IsLast);
