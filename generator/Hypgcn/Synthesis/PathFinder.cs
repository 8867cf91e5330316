namespace Hypgcn.Synthesis;

/// <summary>The longest paths of a netlist, in levels of logic.</summary>
internal sealed class PathFinder
{
    private readonly record struct Edge(int From, int To, int Levels);

    private readonly Netlist _netlist;
    private readonly Dictionary<int, int> _dense = []; // net bit -> index
    private readonly List<int> _bits = [];
    private readonly Edge[] _edges; // in order of their ends
    private readonly Dictionary<string, List<int>> _starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _ends = new(StringComparer.Ordinal);

    private PathFinder(Netlist netlist)
    {
        _netlist = netlist;
        var edges = Collect();
        _edges = Sort(edges);
    }

    /// <summary>The longest path between every two points that logic joins.</summary>
    internal static IReadOnlyList<TimingArc> Arcs(Netlist netlist)
    {
        var finder = new PathFinder(netlist);
        return [.. finder._starts.Keys.Order(StringComparer.Ordinal).SelectMany(finder.From)];
    }

    private List<TimingArc> From(string start)
    {
        var levels = new int[_bits.Count];
        var before = new int[_bits.Count];
        Array.Fill(levels, -1);
        Array.Fill(before, -1);
        foreach (var bit in _starts[start])
        {
            levels[bit] = 0;
        }
        foreach (var edge in _edges)
        {
            if (levels[edge.From] >= 0 && levels[edge.From] + edge.Levels > levels[edge.To])
            {
                levels[edge.To] = levels[edge.From] + edge.Levels;
                before[edge.To] = edge.From;
            }
        }
        var arcs = new List<TimingArc>();
        foreach (var (end, bits) in _ends.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var worst = bits.MaxBy(bit => levels[bit]);
            if (levels[worst] >= 0)
            {
                arcs.Add(new TimingArc(start, end, levels[worst], Path(worst, before)));
            }
        }
        return arcs;
    }

    private List<string> Path(int bit, int[] before)
    {
        var path = new List<string>();
        for (; bit >= 0; bit = before[bit])
        {
            if (_netlist.Names.TryGetValue(_bits[bit], out var name))
            {
                path.Insert(0, name);
            }
        }
        return path;
    }

    private List<Edge> Collect()
    {
        var carries = _netlist.Cells.Where(cell => cell.Type == "CARRY4").SelectMany(cell => cell.Pins)
            .Where(pin => pin.Port == "CO").SelectMany(pin => pin.Bits).ToHashSet();
        var edges = new List<Edge>();
        foreach (var cell in _netlist.Cells)
        {
            var isChild = CellLibrary.Cost(cell.Type) is null;
            if (isChild || IsRegister(cell.Type))
            {
                foreach (var pin in cell.Pins)
                {
                    Mark(pin.IsOutput ? _starts : _ends, isChild ? $"{cell.Name}.{pin.Port}" : "", pin.Bits);
                }
            }
            if (!isChild)
            {
                edges.AddRange(Edges(cell, carries));
            }
        }
        foreach (var port in _netlist.Ports)
        {
            Mark(port.IsOutput ? _ends : _starts, port.Port, port.Bits);
        }
        return edges;
    }

    private IEnumerable<Edge> Edges(Netlist.Cell cell, HashSet<int> carries) =>
        from input in cell.Pins
        where !input.IsOutput
        from i in Enumerable.Range(0, input.Bits.Length)
        where input.Bits[i] >= 0
        from output in cell.Pins
        where output.IsOutput
        from o in Enumerable.Range(0, output.Bits.Length)
        where output.Bits[o] >= 0
        let levels = CellLibrary.Levels(cell.Type, input.Port, i, output.Port, o, carries.Contains(input.Bits[i]))
        where levels is not null
        select new Edge(Index(input.Bits[i]), Index(output.Bits[o]), levels.Value);

    private void Mark(Dictionary<string, List<int>> groups, string name, int[] bits)
    {
        foreach (var bit in bits.Where(bit => bit >= 0))
        {
            if (!groups.TryGetValue(name, out var group))
            {
                groups[name] = group = [];
            }
            group.Add(Index(bit));
        }
    }

    private int Index(int bit)
    {
        if (!_dense.TryGetValue(bit, out var index))
        {
            _dense[bit] = index = _bits.Count;
            _bits.Add(bit);
        }
        return index;
    }

    // Kahn's order over the bits, so that an edge comes after all edges into its start.
    private Edge[] Sort(List<Edge> edges)
    {
        var into = new int[_bits.Count];
        foreach (var edge in edges)
        {
            into[edge.To]++;
        }
        var from = edges.ToLookup(edge => edge.From);
        var ready = new Stack<int>(Enumerable.Range(0, _bits.Count).Where(bit => into[bit] == 0));
        var sorted = new List<Edge>(edges.Count);
        while (ready.TryPop(out var bit))
        {
            foreach (var edge in from[bit])
            {
                sorted.Add(edge);
                if (--into[edge.To] == 0)
                {
                    ready.Push(edge.To);
                }
            }
        }
        return sorted.Count == edges.Count
            ? [.. sorted]
            : throw new HypgcnException("a module has a loop of logic; paths have no length then. Report it.");
    }

    /// <summary>Whether the outputs start paths.</summary>
    private static bool IsRegister(string type) => type.StartsWith("FD", StringComparison.Ordinal)
        || type.StartsWith("RAM", StringComparison.Ordinal) || type.StartsWith("SRL", StringComparison.Ordinal)
        || type.StartsWith("DSP", StringComparison.Ordinal);
}
