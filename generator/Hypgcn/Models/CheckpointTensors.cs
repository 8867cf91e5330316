using System.Globalization;
using System.Text.RegularExpressions;
using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>The tensors of a checkpoint under 2s-AGCN's names: finds spellings, checks shapes and values, collects every problem.</summary>
internal sealed class CheckpointTensors
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly bool _hasBiases;

    public CheckpointTensors(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach ((string key, Tensor tensor) in tensors)
            _tensors[key.StartsWith("module.", StringComparison.Ordinal) ? key["module.".Length..] : key] = tensor;
        // A network without biases is legal, one that lost a few is not.
        _hasBiases = _tensors.Any(x => x.Value.Shape.Count >= 3 && x.Key.EndsWith(".weight", StringComparison.Ordinal) &&
            _tensors.ContainsKey(x.Key[..^"weight".Length] + "bias"));
    }

    /// <summary>Everything wrong so far, in network order.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Keys of C_k, which the accelerator does not have.</summary>
    public List<string> Dropped { get; } = [];

    public bool Has(string key) => _tensors.ContainsKey(key);

    public Tensor? Peek(string key) => _tensors.GetValueOrDefault(key);

    /// <summary>Block names in order: l1 ... l10, or l1a ....</summary>
    public IReadOnlyList<string> BlockNames() =>
    [
        .. _tensors.Keys.Select(k => CheckpointReader.BlockPrefix().Match(k)).Where(m => m.Success)
            .Select(m => (Number: int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Name: m.Value[..^1]))
            .Distinct().OrderBy(x => x.Number).ThenBy(x => x.Name, StringComparer.Ordinal).Select(x => x.Name),
    ];

    /// <summary>Reports numbers that the list of blocks leaves out.</summary>
    public void ReportGaps(IReadOnlyList<string> blocks)
    {
        int[] numbers = [.. blocks.Select(b => int.Parse(b.AsSpan(1).TrimEnd("abcdefghijklmnopqrstuvwxyz"), CultureInfo.InvariantCulture)).Distinct()];
        foreach (int lost in Enumerable.Range(numbers.Min(), numbers.Max() - numbers.Min() + 1).Except(numbers))
            Problems.Add(FormattableString.Invariant($"block l{lost} is missing"));
    }

    /// <summary>The first prefix under which the checkpoint has keys; the first of all where it has none.</summary>
    public string Prefix(params string[] spellings) =>
        Array.Find(spellings, s => _tensors.Keys.Any(k => k.StartsWith(s + ".", StringComparison.Ordinal))) ?? spellings[0];

    /// <summary>K: from the first block that tells, 0 where none does.</summary>
    public int Subsets(IReadOnlyList<string> blocks) => LearnedGraphs(blocks).Select(t => t.Shape[0]).FirstOrDefault();

    /// <summary>V: from the first block that tells, 0 where none does.</summary>
    public int Joints(IReadOnlyList<string> blocks) => LearnedGraphs(blocks).Select(t => t.Shape[1]).FirstOrDefault();

    public bool HasFixedGraphs(IReadOnlyList<string> blocks) => blocks.All(b => Has(GraphUnit(b) + ".A"));

    public string GraphUnit(string block) => Prefix(block + ".gcn1", block + ".gcn");

    public string LearnedGraphKey(string graphUnit) => Has(graphUnit + ".B") && !Has(graphUnit + ".PA") ? graphUnit + ".B" : graphUnit + ".PA";

    /// <summary>Values of a tensor that must have this shape; a trailing extent of 1 beyond it is allowed where <paramref name="squeeze"/>.</summary>
    public double[]? Take(string key, int[] shape, bool squeeze = false)
    {
        _used.Add(key);
        string needed = Tensor.ShapeText(squeeze ? [.. shape, 1] : shape);
        if (!_tensors.TryGetValue(key, out Tensor? tensor))
        {
            Problems.Add($"{key} is missing, shape {needed} is needed");
            return null;
        }

        if (!Fits(tensor.Shape, shape) && !(squeeze && tensor.Shape.Count == shape.Length + 1 && tensor.Shape[^1] == 1 && Fits(tensor.Shape.SkipLast(1), shape)))
        {
            Problems.Add($"{Problem.Shown(key)} has shape {tensor.ShapeLabel}, {needed} is needed");
            return null;
        }

        int bad = tensor.FirstNonFinite();
        if (bad >= 0)
        {
            double value = tensor.ToDoubles()[bad];
            Problems.Add($"{key}[{bad}] is {(double.IsNaN(value) ? "NaN" : "infinite")}, all values must be finite");
            return null;
        }

        return tensor.ToDoubles();
    }

    public Convolution? TakeConvolution(string prefix, int outputs, int inputs, int kernel)
    {
        double[]? weight = Take(prefix + ".weight", [outputs, inputs, kernel], squeeze: true);
        // Zeros only beside a weight: until then the number of outputs is only a claim.
        double[]? bias = _hasBiases || Has(prefix + ".bias") ? Take(prefix + ".bias", [outputs]) : weight is null ? null : new double[outputs];
        return weight is null || bias is null ? null : new Convolution(outputs, inputs, kernel, weight, bias);
    }

    public BatchNorm? TakeNorm(string prefix, int channels)
    {
        double[]? gamma = Take(prefix + ".weight", [channels]);
        double[]? beta = Take(prefix + ".bias", [channels]);
        double[]? mean = Take(prefix + ".running_mean", [channels]);
        double[]? variance = Take(prefix + ".running_var", [channels]);
        _used.Add(prefix + ".num_batches_tracked");
        int negative = variance is null ? -1 : Array.FindIndex(variance, v => v < 0);
        if (negative >= 0)
            Problems.Add(FormattableString.Invariant($"{prefix}.running_var[{negative}] is {variance![negative]}, a variance is 0 or more"));
        return gamma is null || beta is null || mean is null || variance is null ? null : new BatchNorm(gamma, beta, mean, variance);
    }

    /// <summary>Sorts what is left into C_k, which is dropped, and names this network does not have.</summary>
    public void ReportUnused()
    {
        foreach (string key in _tensors.Keys.Where(k => !_used.Contains(k)).Order(StringComparer.Ordinal))
        {
            if (Regex.IsMatch(key, @"\.gcn1?\.conv_[ab]\.\d+\.(weight|bias)$"))
                Dropped.Add(key);
            else if (!key.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
                Problems.Add($"{Problem.Shown(key)} is no part of 2s-AGCN");
        }
    }

    private IEnumerable<Tensor> LearnedGraphs(IReadOnlyList<string> blocks) =>
        blocks.Select(b => Peek(LearnedGraphKey(GraphUnit(b)))).OfType<Tensor>()
            .Where(t => t.Shape.Count == 3 && t.Shape[1] == t.Shape[2] && t.Count > 0);

    private static bool Fits(IEnumerable<int> actual, int[] needed) => actual.SequenceEqual(needed);
}
