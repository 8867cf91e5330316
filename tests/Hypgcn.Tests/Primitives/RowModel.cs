namespace Hypgcn.Tests.Primitives;

/// <summary>row_engine as times of events: rows are loaded, passes start and end, sums leave.</summary>
internal sealed class RowModel(RowModel.Sizes sizes, long[][] weights)
{
    private const int Latency = 7;

    private readonly List<Row> _rows = [];
    private readonly List<long[]> _loading = [];
    private int _mainRows;
    private bool _isAuxNext;
    private int _current;
    private int _pass;
    private int _start = int.MinValue / 2;
    private int _end = int.MinValue / 2;

    /// <summary>What leaves, by cycle.</summary>
    internal Dictionary<int, (int Column, long[] Sums)> Outputs { get; } = [];

    private int Phase => _mainRows / sizes.Joints % sizes.Frames % sizes.Stride;

    internal bool IsMainReady(int cycle) => !_isAuxNext && HasPlace(cycle);

    internal bool IsAuxReady(int cycle) => _isAuxNext && HasPlace(cycle);

    internal bool IsBusy(int cycle) => cycle > _start && cycle <= _end;

    /// <summary>A pass can start, if it may go on.</summary>
    internal bool CanStart(int cycle) => cycle >= _end && _current < _rows.Count && _rows[_current].From <= cycle;

    internal bool StartsGroup => _pass == 0 && _rows[_current].Type != sizes.Stride;

    internal void Load(int cycle, long[] bank)
    {
        _loading.Add(bank);
        if (_loading.Count < (_isAuxNext ? sizes.AuxBanks : sizes.MainBanks))
            return;
        _rows.Add(new Row(_isAuxNext ? sizes.Stride : Phase, [.. _loading.SelectMany(values => values)], cycle + 1));
        _loading.Clear();
        bool isAuxNext = sizes.HasAux && !_isAuxNext && Phase == 0;
        _mainRows += isAuxNext ? 0 : 1;
        _isAuxNext = isAuxNext;
    }

    /// <summary>A pass starts in this cycle.</summary>
    internal void Start(int cycle)
    {
        Row row = _rows[_current];
        _start = cycle;
        _end = cycle + Math.Max(Math.Max(row.Values.Count(value => value != 0), 1), sizes.MinCycles);
        for (int column = 0; column < sizes.Columns; column++)
            Outputs[_end + Latency + column] = (column, Sums(row, column));
        if (++_pass < sizes.Passes[row.Type])
            return;
        row.End = _end;
        _pass = 0;
        _current++;
    }

    // Two rows are held; a place is free in the cycle after the last of its row.
    private bool HasPlace(int cycle) => _rows.Count < 2 || _rows[^2].End < cycle;

    private long[] Sums(Row row, int column)
    {
        int address = sizes.Base[row.Type] + (_pass * sizes.Length[row.Type]);
        return [.. Enumerable.Range(0, sizes.Lanes).Select(lane => Enumerable.Range(0, row.Values.Length)
            .Where(channel => row.Values[channel] != 0)
            .Sum(channel => row.Values[channel] * weights[address + channel][(column * sizes.Lanes) + lane]))];
    }

    /// <param name="Passes">By row type: 0 to Stride - 1 for the main rows, Stride for the auxiliary ones.</param>
    internal sealed record Sizes(
        int Bits, int Joints, int Frames, int Stride, int MainBanks, int AuxBanks, bool HasAux, int Columns, int Lanes, int MinCycles, int[] Passes)
    {
        internal int AccBits => (2 * Bits) + 6;

        internal int[] Length => [.. Passes.Select((_, type) => 16 * (type == Stride ? AuxBanks : MainBanks))];

        internal int[] Base => [.. Passes.Select((_, type) => Enumerable.Range(0, type).Sum(before => Passes[before] * Length[before]))];

        internal int WeightDepth => Passes.Zip(Length).Sum(pair => pair.First * pair.Second);

        internal long[][] RandomWeights(Random random) => [.. Enumerable.Range(0, WeightDepth)
            .Select(_ => Enumerable.Range(0, Columns * Lanes).Select(_ => Primitives.Bits.Random(random, Bits)).ToArray())];
    }

    private sealed record Row(int Type, long[] Values, int From)
    {
        internal int End { get; set; } = int.MaxValue;
    }
}
