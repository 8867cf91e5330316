using System.Runtime.Intrinsics;
using Hypgcn.Quantization;

namespace Hypgcn.Reference;

/// <summary>U_k = round(x G_k) of one frame; here the graphs are the rows and the frame is the packed tile.</summary>
internal sealed unsafe class GraphStage
{
    private readonly int _joints;
    private readonly int _subsets;
    private readonly int _stride;
    private readonly PinnedArray<short> _graph;
    private readonly PinnedArray<int> _offsets;
    private readonly PinnedArray<int> _ends;
    private readonly Rounding _rounding;

    public GraphStage(QuantizedBlock block, int joints, SumRange x)
    {
        _joints = joints;
        _subsets = block.Graph.Length / (joints * joints);
        _stride = joints + joints % 2;
        var graph = new short[_subsets * joints * _stride];
        for (var n = 0; n < block.Graph.Length; n++)
        {
            var (k, p, w) = (n / (joints * joints), n / joints % joints, n % joints);
            graph[(k * joints + w) * _stride + p] = (short)block.Graph[n];
        }
        _graph = new PinnedArray<short>(graph);
        var (offsets, ends) = Segments(graph, x);
        (_offsets, _ends) = (new PinnedArray<int>(offsets), new PinnedArray<int>(ends));
        var signed = AccumulatorBounds.Signed(block.FeatureBits);
        var channels = Layout.Pad(block.InputChannels);
        _rounding = new Rounding(new long[channels], 0, 0, block.GraphShift, signed.Min, signed.Max);
        Channels = channels;
    }

    /// <summary>Channels of a row of x and of each U_k, padded.</summary>
    public int Channels { get; }

    /// <summary>Shorts that <see cref="Run"/> needs for a packed tile.</summary>
    public int PackedLength => _offsets.Length * PackedProduct.TileGroups * PackedProduct.GroupOutputs * 2;

    /// <param name="x">One frame, [joint, channel].</param>
    /// <param name="packed">Room for <see cref="PackedLength"/> values.</param>
    /// <param name="u">[joint, k, channel].</param>
    public void Run(short* x, short* packed, short* u)
    {
        const int TileOutputs = PackedProduct.TileGroups * PackedProduct.GroupOutputs;
        var sums = stackalloc long[TileKernel.Rows * TileOutputs];
        var rows = _subsets * _joints;
        for (var first = 0; first < Channels; first += TileOutputs)
        {
            var count = Math.Min(TileOutputs, Channels - first);
            Pack(x + first, count, packed);
            for (var r = 0; r < rows; r += TileKernel.Rows)
            {
                TileKernel.Multiply(
                    Row(r), Row(r + 1), Row(r + 2), Row(r + 3),
                    _offsets.Start, _ends.Start, _ends.Length, packed, count / PackedProduct.GroupOutputs, sums);
                for (var n = 0; n < TileKernel.Rows && r + n < rows; n++)
                {
                    var (k, w) = ((r + n) / _joints, (r + n) % _joints);
                    _rounding.Apply(sums + n * count, null, first, count, u + (w * _subsets + k) * Channels + first);
                }
            }
        }
    }

    /// <summary>Weights into one joint of one graph; the last tile repeats the last row, and its extra sums are dropped.</summary>
    private short* Row(int row) => _graph.Start + Math.Min(row, _subsets * _joints - 1) * _stride;

    /// <summary>Interleaves the rows of each pair of joints, [pair][channel][2]; pairs are listed as the graph's segments need.</summary>
    private void Pack(short* x, int count, short* packed)
    {
        for (var n = 0; n < _offsets.Length; n++)
        {
            var p = _offsets.Start[n];
            var even = x + p * Channels;
            for (var c = 0; c < count; c += 16, packed += 32)
            {
                var odd = p + 1 < _joints ? Vector256.Load(even + Channels + c) : Vector256<short>.Zero;
                var (evenLow, evenHigh) = Vector256.Widen(Vector256.Load(even + c).AsUInt16());
                var (oddLow, oddHigh) = Vector256.Widen(odd.AsUInt16());
                (evenLow | (oddLow << 16)).AsInt16().Store(packed);
                (evenHigh | (oddHigh << 16)).AsInt16().Store(packed + 16);
            }
        }
    }

    /// <summary>Pairs of joints, and the cuts between which every row's sum fits 32 bits.</summary>
    private (int[] Offsets, int[] Ends) Segments(short[] graph, SumRange x)
    {
        var sums = new SumRange[_subsets * _joints];
        var (offsets, ends) = (new List<int>(), new List<int>());
        for (var p = 0; p < _joints; p += 2)
        {
            if (!Grow(sums, graph, p, x))
            {
                ends.Add(offsets.Count);
                Array.Clear(sums);
                if (!Grow(sums, graph, p, x))
                {
                    throw new HypgcnException(
                        $"graph: joints {p} and {p + 1} both have weight -32768 for one joint; a sum of two products must fit 32 bits. Use a format with one fraction bit less for the graph.");
                }
            }
            offsets.Add(p);
        }
        ends.Add(offsets.Count);
        return ([.. offsets], [.. ends]);
    }

    private bool Grow(SumRange[] sums, short[] graph, int p, SumRange x)
    {
        var next = new SumRange[sums.Length];
        for (var r = 0; r < sums.Length; r++)
        {
            next[r] = sums[r] + SumRange.Product(graph[r * _stride + p], x)
                + (p + 1 < _joints ? SumRange.Product(graph[r * _stride + p + 1], x) : default);
            if (next[r].Min < int.MinValue || next[r].Max > int.MaxValue)
            {
                return false;
            }
        }
        next.CopyTo(sums, 0);
        return true;
    }
}
