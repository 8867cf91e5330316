using Hypgcn.Exploration;
using Hypgcn.Models;
using Hypgcn.Pruning;
using Hypgcn.Quantization;

namespace Hypgcn.Configuration;

/// <summary>
/// Chooses the blocks that have 8 bits: as few as a target needs. Blocks come in one order, first those whose rounding disturbs the logits
/// least for the multiply-accumulates that it makes cheaper, and the number is bisected.
/// </summary>
/// <param name="project">The network; blocks that have 8 bits already keep them.</param>
/// <param name="clips">Calibration clips, what the network takes.</param>
public sealed class WidthSearch(AcceleratorProject project, ClipSet clips)
{
    /// <summary>What a block is narrowed to: two products share a DSP block.</summary>
    public const int NarrowBits = 8;

    // The order takes the signal-to-noise ratio of every block.
    private const int OrderClips = 2;

    private int[] Widths => [.. Enumerable.Range(0, project.Model.Blocks.Count).Select(b => project.BlockFeatureBits?[b] ?? project.Configuration.FeatureBits)];

    /// <summary>The blocks that can be narrowed, from 0, in the order in which they are.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public IReadOnlyList<int> Order(CancellationToken cancellationToken = default)
    {
        var few = clips.Slice(0, Math.Min(OrderClips, clips.Count));
        var macs = ModelStructure.Of(project.Model, clips.Frames, clips.Persons).Blocks.Select(block => block.KeptMacs.Total).ToArray();
        var widths = Widths;
        int[] blocks = [.. Enumerable.Range(0, widths.Length).Where(b => widths[b] > NarrowBits)];
        var formats = FormatCalibrator.Choose(project.Model, few, [Draft(widths), .. blocks.Select(b => Draft(With([b])))]);
        double[] noise = [.. formats.Select(choice =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Math.Pow(10, -SignalToNoise.Measure(project.Model, choice, few)[^1].Value / 10);
        })];
        return [.. blocks.OrderBy(b => Math.Max(0, noise[1 + Array.IndexOf(blocks, b)] - noise[0]) / Math.Max(1, macs[b]))];
    }

    /// <summary>The network with some blocks narrowed, quantized anew.</summary>
    /// <param name="blocks">From 0.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public AcceleratorProject Narrowed(IReadOnlyList<int> blocks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var widths = With(blocks);
        return Narrowed(widths, Calibration.Formats(project, clips, widths), cancellationToken);
    }

    private AcceleratorProject Narrowed(int[] widths, QuantizationFormats formats, CancellationToken cancellationToken) => project.With(project.Configuration with
    {
        BlockFeatureBits = widths,
        Formats = new FormatChoice { Formats = formats },
        Sparsity = Calibration.Zeros(project, formats, clips, null, cancellationToken),
    });

    /// <summary>The result with the fewest narrow blocks that there is.</summary>
    /// <param name="find">Finds a design for a network, or throws <see cref="InfeasibleException"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InfeasibleException">There is none even if all blocks are narrow.</exception>
    public T Fewest<T>(Func<AcceleratorProject, T> find, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        if (Try(find, project) is { } asItIs)
        {
            return asItIs;
        }
        var order = Order(cancellationToken);
        var (too, enough) = (0, order.Count);
        while (enough - too > 1)
        {
            var count = (too + enough) / 2;
            var widths = With([.. order.Take(count)]);
            (too, enough) = Try(find, Narrowed(widths, FormatCalibrator.Choose(project.Model, clips, Draft(widths)), cancellationToken)) is null
                ? (count, enough)
                : (too, count);
        }
        // Other formats have other zeros: what a draft reaches, the real ones may just miss.
        for (; enough < order.Count; enough++)
        {
            if (Try(find, Narrowed([.. order.Take(enough)], cancellationToken)) is { } found)
            {
                return found;
            }
        }
        return find(Narrowed(order, cancellationToken));
    }

    private static T? Try<T>(Func<AcceleratorProject, T> find, AcceleratorProject network)
        where T : class
    {
        try
        {
            return find(network);
        }
        catch (InfeasibleException)
        {
            return null;
        }
    }

    private int[] With(IReadOnlyList<int> narrow) => [.. Widths.Select((bits, b) => narrow.Contains(b) ? NarrowBits : bits)];

    // Formats as they are without what takes long: corrected biases, and channels that are scaled.
    private QuantizerOptions Draft(int[] widths) =>
        new() { FeatureBits = project.Configuration.FeatureBits, BlockFeatureBits = widths, BalanceSpan = 0, CorrectsBias = false };
}
