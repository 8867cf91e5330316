namespace Hypgcn.Tests.Primitives;

/// <summary>row_engine as times of events: rows are loaded, passes start and end, sums leave.</summary>
internal sealed class RowModel(RowModel.Sizes sizes, long[][] weights)
{
    private const int Latency = 7;

    private readonly List<Row> _rows = [];
    private readonly List<long[]> _loading = [];
    private int _loaded;
    private int _current;
    private int _pass;
    private int _start = int.MinValue / 2;
    private int _end = int.MinValue / 2;

    /// <summary>What leaves, by cycle.</summary>
    internal Dictionary<int, (int Column, long[] Sums)> Outputs { get; } = [];

    private int Phase => _loaded / sizes.Joints % sizes.Frames % sizes.Stride;

    // Two rows are held; a place is free in the cycle after the last of its row.
    internal bool IsReady(int cycle) => _rows.Count < 2 || _rows[^2].End < cycle;

    internal bool IsBusy(int cycle) => cycle > _start && cycle <= _end;

    /// <summary>A pass can start, if it may go on.</summary>
    internal bool CanStart(int cycle) => cycle >= _end && _current < _rows.Count && _rows[_current].From <= cycle;

    internal bool StartsRow => _pass == 0;

    internal void Load(int cycle, long[] bank)
    {
        _loading.Add(bank);
        if (_loading.Count < sizes.Banks)
            return;
        _rows.Add(new Row(Phase, [.. _loading.SelectMany(values => values)], cycle + 1));
        _loading.Clear();
        _loaded++;
    }

    /// <summary>A pass starts in this cycle.</summary>
    internal void Start(int cycle)
    {
        Row row = _rows[_current];
        _start = cycle;
        _end = cycle + Math.Max(Math.Max(row.Values.Count(value => value != 0), 1), sizes.MinCycles);
        for (int column = 0; column < sizes.Columns; column++)
            Outputs[_end + Latency + column] = (column, Sums(row, column));
        if (++_pass < sizes.Passes[row.Phase])
            return;
        row.End = _end;
        _pass = 0;
        _current++;
    }

    private long[] Sums(Row row, int column)
    {
        int address = sizes.Base[row.Phase] + (_pass * sizes.Length);
        return [.. Enumerable.Range(0, sizes.Lanes).Select(lane => Enumerable.Range(0, row.Values.Length)
            .Where(channel => row.Values[channel] != 0)
            .Sum(channel => row.Values[channel] * weights[address + channel][(column * sizes.Lanes) + lane]))];
    }

    /// <param name="Passes">By phase.</param>
    internal sealed record Sizes(int Bits, int Joints, int Frames, int Stride, int Banks, int Columns, int Lanes, int MinCycles, int[] Passes)
    {
        internal int AccBits => (2 * Bits) + 6;

        internal int Length => 16 * Banks;

        internal int[] Base => [.. Passes.Select((_, phase) => Passes.Take(phase).Sum() * Length)];

        internal int WeightDepth => Passes.Sum() * Length;

        internal long[][] RandomWeights(Random random) => [.. Enumerable.Range(0, WeightDepth)
            .Select(_ => Enumerable.Range(0, Columns * Lanes).Select(_ => Primitives.Bits.Random(random, Bits)).ToArray())];
    }

    private sealed record Row(int Phase, long[] Values, int From)
    {
        internal int End { get; set; } = int.MaxValue;
    }
}
