using System.Collections.Concurrent;
using Hypgcn.Estimation;
using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>What units take. Safe for many threads.</summary>
/// <param name="design">The design.</param>
/// <param name="isKept">Each form is estimated once: for refinement, which measures the parts again and again with other cycles.</param>
internal sealed class UnitCosts(AcceleratorDesign design, bool isKept)
{
    private readonly ConcurrentDictionary<(int Block, string Unit, BlockParameters Parameters), Resources[]> _known = [];

    /// <summary>By each of <see cref="MemoryLimits.Words"/>.</summary>
    /// <param name="block">With limits of <see cref="MemoryLimits.Most"/>, so that contents are looked at where they count.</param>
    /// <param name="unit">One of its units, e.g. <c>graph</c>.</param>
    public Resources[] Mapped(BlockDesign block, string unit) =>
        Known(block, unit, () => DesignResources.Of(design, block, unit, MemoryLimits.Words));

    /// <summary>Of a unit without such memories.</summary>
    /// <param name="block">The block.</param>
    /// <param name="unit">One of its units, e.g. <c>temporal_finish</c>.</param>
    public Resources Of(BlockDesign block, string unit) => Known(block, unit, () => [DesignResources.Of(design, block, unit)])[0];

    // Keeping the forms takes nearly half as long as estimating them: it pays from the second measurement on.
    private Resources[] Known(BlockDesign block, string unit, Func<Resources[]> estimate) =>
        isKept ? _known.GetOrAdd((block.Number, unit, block.Parameters), _ => estimate()) : estimate();
}
