namespace Hypgcn.Synthesis;

/// <summary>Longest register-to-register paths of modules with everything below them.</summary>
public sealed class DesignDepth
{
    private readonly Dictionary<ModuleConfiguration, ModuleSynthesis> _modules;
    private readonly Dictionary<ModuleConfiguration, IReadOnlyList<TimingArc>> _arcs = [];

    internal DesignDepth(Dictionary<ModuleConfiguration, ModuleSynthesis> modules) => _modules = modules;

    /// <summary>The longest path between registers that lies in a module or below it; null if there is none.</summary>
    public TimingArc? Worst(ModuleConfiguration module) => Arcs(module).FirstOrDefault(arc => arc.From.Length == 0 && arc.To.Length == 0);

    /// <summary>The longest path between registers that passes a module's own logic, in or out of its children.</summary>
    public TimingArc? WorstOwn(ModuleConfiguration module) => Compose(module, withChildren: false).FirstOrDefault(arc => arc.From.Length == 0 && arc.To.Length == 0);

    /// <summary>The longest paths between a module's registers and ports.</summary>
    public IReadOnlyList<TimingArc> Arcs(ModuleConfiguration module)
    {
        if (!_arcs.TryGetValue(module, out var arcs))
        {
            _arcs[module] = arcs = Compose(module, withChildren: true);
        }
        return arcs;
    }

    private List<TimingArc> Compose(ModuleConfiguration module, bool withChildren)
    {
        var synthesis = _modules[module];
        var next = new Dictionary<string, List<TimingArc>>(StringComparer.Ordinal);
        void Add(TimingArc arc)
        {
            if (!next.TryGetValue(arc.From, out var list))
            {
                next[arc.From] = list = [];
            }
            list.Add(arc);
        }
        foreach (var arc in synthesis.Arcs)
        {
            Add(arc);
        }
        foreach (var child in synthesis.Children)
        {
            foreach (var arc in Arcs(child.Configuration))
            {
                if (withChildren || arc.From.Length > 0 || arc.To.Length > 0)
                {
                    Add(new TimingArc(
                        arc.From.Length == 0 ? "" : $"{child.Name}.{arc.From}",
                        arc.To.Length == 0 ? "" : $"{child.Name}.{arc.To}",
                        arc.Levels,
                        [.. arc.Path.Select(name => $"{child.Name}.{name}")]));
                }
            }
        }
        var memo = new Dictionary<string, Dictionary<string, TimingArc>>(StringComparer.Ordinal);
        var starts = next.Keys.Where(start => !start.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. starts.SelectMany(start => Ends(start, next, memo, []).Values)];
    }

    // Longest ways from a point to registers and ports of the module. A child's ports count as one point, so a way
    // may seem to come back; it is cut there.
    private static Dictionary<string, TimingArc> Ends(
        string point, Dictionary<string, List<TimingArc>> next, Dictionary<string, Dictionary<string, TimingArc>> memo, HashSet<string> open)
    {
        if (memo.TryGetValue(point, out var known))
        {
            return known;
        }
        var ends = new Dictionary<string, TimingArc>(StringComparer.Ordinal);
        if (!open.Add(point))
        {
            return ends;
        }
        foreach (var arc in next.GetValueOrDefault(point, []))
        {
            if (!arc.To.Contains('.', StringComparison.Ordinal))
            {
                Keep(ends, arc);
                continue;
            }
            foreach (var rest in Ends(arc.To, next, memo, open).Values)
            {
                Keep(ends, new TimingArc(point, rest.To, arc.Levels + rest.Levels, [.. arc.Path, .. rest.Path]));
            }
        }
        open.Remove(point);
        memo[point] = ends;
        return ends;
    }

    private static void Keep(Dictionary<string, TimingArc> ends, TimingArc arc)
    {
        if (!ends.TryGetValue(arc.To, out var other) || arc.Levels > other.Levels)
        {
            ends[arc.To] = arc;
        }
    }
}
