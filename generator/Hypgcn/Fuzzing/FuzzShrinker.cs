using Hypgcn.Hardware;
using Hypgcn.Models;
using Hypgcn.Quantization;

namespace Hypgcn.Fuzzing;

/// <summary>Finds a small case that still fails: takes the first simpler one that does, until none does.</summary>
/// <param name="fails">Whether a case fails in the way that matters.</param>
public sealed class FuzzShrinker(Func<FuzzCase, CancellationToken, Task<bool>> fails)
{
    /// <summary>Most cases that are tried, 0 or more.</summary>
    public int MostTries { get; init; } = 300;

    /// <summary>Shrinks a case that fails.</summary>
    /// <param name="fuzz">The case.</param>
    /// <param name="progress">Hears the number of cases tried.</param>
    /// <param name="cancellationToken">Passed on.</param>
    /// <returns>The smallest that was found to fail; the given one if no simpler one does.</returns>
    public async Task<FuzzCase> ShrinkAsync(FuzzCase fuzz, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal) { fuzz.ToString() };
        FuzzCase? next = fuzz;
        while (next is not null)
        {
            fuzz = next;
            next = null;
            foreach (FuzzCase simpler in Simpler(fuzz).Select(Fitted).OfType<FuzzCase>().Where(simpler => tried.Add(simpler.ToString())))
            {
                if (tried.Count > MostTries + 1)
                {
                    return fuzz;
                }

                progress?.Report(tried.Count - 1);
                if (await fails(simpler, cancellationToken).ConfigureAwait(false))
                {
                    next = simpler;
                    break;
                }
            }
        }

        return fuzz;
    }

    /// <summary>Cases with one thing made simpler, the largest steps first; some may not be legal.</summary>
    internal static IEnumerable<FuzzCase> Simpler(FuzzCase fuzz) =>
    [
        .. fuzz.Blocks.Count > 1 ? fuzz.Blocks.Select((_, b) => fuzz with { Blocks = [.. fuzz.Blocks.Where((_, other) => other != b)] }) : [],
        fuzz with { Clips = 1 },
        fuzz with { StallSeed = 0, GapCycles = 0 },
        fuzz with { StallSeed = 0 },
        fuzz with { GapCycles = 0 },
        fuzz with { Persons = 1, DataNormPersons = 1 },
        .. Below(fuzz.Frames, 1).Select(frames => fuzz with { Frames = frames }),
        .. Below(fuzz.Joints, 1).Select(joints => fuzz with { Joints = joints }),
        .. Below(fuzz.Subsets, 1).Select(subsets => fuzz with { Subsets = subsets }),
        .. Below(fuzz.InputChannels, 1).Select(channels => fuzz with { InputChannels = channels }),
        .. Below(fuzz.Classes, 1).Select(classes => fuzz with { Classes = classes }),
        .. Below(fuzz.Kernel / 2, 0).Select(half => fuzz with { Kernel = (2 * half) + 1 }),
        .. Enumerable.Range(0, fuzz.Blocks.Count).SelectMany(b => Simpler(fuzz.Blocks[b]).Select(block => With(fuzz, b, block))),
        fuzz with { Balanced = false },
        fuzz with { BalanceSpan = 0 },
        fuzz with { Preset = FormatPreset.Calibrated },
        fuzz with { Gain = 1 },
        fuzz with { FeatureBits = 16, Blocks = [.. fuzz.Blocks.Select(block => block with { FeatureBits = 16 })] },
        fuzz with { FeatureBits = 16 },
        fuzz with { DataNormPersons = 1 },
        fuzz with { PoolWidth = 1 },
        fuzz with { ClassifierLanes = 1 },
        fuzz with { Counters = true },
        fuzz with { ResetSeed = 1 },
    ];

    private static IEnumerable<FuzzBlock> Simpler(FuzzBlock block) =>
    [
        .. Below(block.Channels, 1).Select(channels => block with { Channels = channels }),
        block with { Residual = ResidualKind.None },
        .. Below(block.Stride, 1).Select(stride => block with { Stride = stride }),
        block with { DropsFilters = false },
        block with { DropsTaps = false },
        block with { DropsInputs = false },
        block with { FeatureBits = 16 },
        block with { Hardware = new BlockParameters() },
        .. Simpler(block.Hardware).Select(hardware => block with { Hardware = hardware }),
    ];

    private static IEnumerable<BlockParameters> Simpler(BlockParameters p) =>
    [
        p with { SpatialFifoWords = null },
        p with { MiddleFifoWords = null },
        p with { ResidualFifoWords = null },
        p with { TemporalJointEngines = null },
        .. Below(p.TemporalEngines, 1).Select(value => p with { TemporalEngines = value, TemporalJointEngines = null }),
        .. Below(p.DownEngines, 1).Select(value => p with { DownEngines = value }),
        .. Below(p.ResidualEngines, 1).Select(value => p with { ResidualEngines = value }),
        .. Below(p.JointLanes, 1).Select(value => p with { JointLanes = value }),
        .. Below(p.GraphLanes, 1).Select(value => p with { GraphLanes = value }),
        .. Below(p.GraphWords, 1).Select(value => p with { GraphWords = value }),
        .. Below(p.ArrayChannels, 1).Select(value => p with { ArrayChannels = value }),
        .. Below(p.SpatialFinish, 1).Select(value => p with { SpatialFinish = value }),
        .. Below(p.TemporalColumns, 1).Select(value => p with { TemporalColumns = value }),
        .. Below(p.TemporalGroups, 1).Select(value => p with { TemporalGroups = value }),
        .. Below(p.TemporalFinish, 1).Select(value => p with { TemporalFinish = value }),
        .. Below(p.DownChannels, 1).Select(value => p with { DownChannels = value }),
        .. Below(p.DownColumns, 1).Select(value => p with { DownColumns = value }),
        .. Below(p.ResidualChannels, 1).Select(value => p with { ResidualChannels = value }),
        .. Below(p.ResidualColumns, 1).Select(value => p with { ResidualColumns = value }),
        p with { PackProducts = false },
        p with { GraphFabric = false },
        p with { SpatialLutWords = DesignMemory.UsualLutWords, TemporalLutWords = DesignMemory.UsualLutWords },
        .. Below(p.MiddleFifoFrames, 1).Select(value => p with { MiddleFifoFrames = value }),
        .. Below(p.SpatialFifoFrames, 1).Select(value => p with { SpatialFifoFrames = value }),
        .. Below(p.ResidualFifoSlackFrames, 0).Select(value => p with { ResidualFifoSlackFrames = value }),
    ];

    /// <summary>The least value, half way to it, and one less.</summary>
    private static IEnumerable<int> Below(int value, int least) =>
        new[] { least, (value + least) / 2, value - 1 }.Where(lower => lower >= least && lower < value).Distinct();

    private static FuzzCase With(FuzzCase fuzz, int index, FuzzBlock block) =>
        fuzz with { Blocks = [.. fuzz.Blocks.Select((other, b) => b == index ? block : other)] };

    /// <summary>The case with its hardware in range; null if a rule refuses it.</summary>
    private static FuzzCase? Fitted(FuzzCase fuzz)
    {
        try
        {
            return FuzzHardware.Fit(fuzz);
        }
        catch (HypgcnException)
        {
            return null;
        }
    }
}
