using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hypgcn.Emission;
using Hypgcn.Hardware;

namespace Hypgcn.Estimation;

/// <summary>What a design takes by the model, unit by unit, before any Verilog is written.</summary>
public sealed class DesignResources
{
    private static readonly Lazy<UnitTemplate<BlockView>> BlockUnits = new(() => Units<BlockView>("block.v.sbn"));
    private static readonly Lazy<UnitTemplate<AcceleratorView>> TopUnits = new(() => Units<AcceleratorView>("accelerator.v.sbn"));

    private static readonly Lazy<UnitTemplate<ShellView>> ShellUnits = new(() => Units<ShellView>("axi.v.sbn"));
    private static readonly Lazy<UnitTemplate<RegisterView>> RegisterUnits = new(() => Units<RegisterView>("registers.v.sbn"));

    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<(string, int, (int, int, int, bool)), long>> Known = [];

    private DesignResources(IReadOnlyDictionary<string, Resources> units) => ByUnit = units;

    /// <summary>Cost of every unit by name, e.g. <c>block3.graph</c>.</summary>
    public IReadOnlyDictionary<string, Resources> ByUnit { get; }

    /// <summary>Everything.</summary>
    public Resources Total => ByUnit.Values.Aggregate(default(Resources), (sum, unit) => sum + unit);

    /// <summary>Estimates a design.</summary>
    public static DesignResources Of(AcceleratorDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var model = ResourceModel.Installed;
        var units = new Dictionary<string, Resources>(StringComparer.Ordinal);
        var view = AcceleratorView.Of(design, "");
        foreach (var (unit, module, parameters) in TopUnits.Value.Of(view, Contents(SharedImages.Create(design), design.Model)))
        {
            // One counter stands in the template's loop over the stages.
            units[unit[2..]] = (module == "stage_counter" ? design.Stages.Count : 1) * model.Of(module, parameters);
        }
        units["top"] = model.Generated(ResourceModel.Accelerator, $"parameter DROPS = {view.DropCount}");
        foreach (var block in design.Blocks)
        {
            foreach (var (unit, resources) in Of(design, block))
            {
                units[$"{block.Name}.{unit}"] = resources;
            }
        }
        // The hash of the manifest takes no logic of a size of its own.
        var shell = new ShellDesign(design, "");
        foreach (var (unit, module, parameters) in ShellUnits.Value.Of(ShellView.Of(shell, ""), _ => null).Concat(RegisterUnits.Value.Of(RegisterView.Of(shell, ""), _ => null)))
        {
            units[$"shell.{unit[2..]}"] = model.Of(module, parameters);
        }
        units["shell.registers"] = model.Generated("registers");
        units["shell.ports"] = model.Generated("shell");
        return new DesignResources(units);
    }

    /// <summary>The units of a block by name, e.g. <c>graph</c>: microseconds each, for choosing among many.</summary>
    public static IEnumerable<(string Unit, Resources Resources)> Of(AcceleratorDesign design, BlockDesign block) =>
        BlockUnits.Value.Of(BlockView.Of(design, block, ""), Contents(BlockImages.Create(block), block.Integers)).Select(unit => (unit.Unit[2..], ResourceModel.Installed.Of(unit.Module, unit.Parameters)));

    /// <summary>One unit of a block.</summary>
    /// <param name="design">The design.</param>
    /// <param name="block">A block of it, perhaps with other parameters.</param>
    /// <param name="unit">Its name, e.g. <c>graph</c>; the block must have it.</param>
    public static Resources Of(AcceleratorDesign design, BlockDesign block, string unit) =>
        BlockUnits.Value.Of(BlockView.Of(design, block, ""), Contents(BlockImages.Create(block), block.Integers), $"u_{unit}").Select(found => ResourceModel.Installed.Of(found.Module, found.Parameters)).Single();

    /// <summary>One unit of a block, for several limits of what goes into LUTs.</summary>
    /// <param name="design">The design.</param>
    /// <param name="block">A block of it, perhaps with other parameters; memories of up to as many words as its own limits may be made of LUTs.</param>
    /// <param name="unit">Its name, e.g. <c>graph</c>; the block must have it.</param>
    /// <param name="lutWords">The limits, none above the block's own.</param>
    internal static Resources[] Of(AcceleratorDesign design, BlockDesign block, string unit, int[] lutWords) =>
        BlockUnits.Value.Of(BlockView.Of(design, block, ""), Contents(BlockImages.Create(block), block.Integers), $"u_{unit}").Select(found => ResourceModel.Installed.Of(found.Module, found.Parameters, lutWords)).Single();

    /// <summary>One unit of the top level.</summary>
    /// <param name="design">The design.</param>
    /// <param name="unit">Its name, e.g. <c>pool</c>.</param>
    public static Resources Of(AcceleratorDesign design, string unit) =>
        TopUnits.Value.Of(AcceleratorView.Of(design, ""), Contents(SharedImages.Create(design), design.Model), $"u_{unit}").Select(found => ResourceModel.Installed.Of(found.Module, found.Parameters)).Single();

    // Contents matter to memories in LUTs alone. What the choice of lanes asks for thousands of times is kept with the network's integers.
    private static Func<string, long?> Contents(IEnumerable<MemoryImage> images, object integers) => name =>
    {
        var image = images.First(image => image.Name == name);
        return image.IsBlockRam
            ? null
            : Known.GetOrCreateValue(integers).GetOrAdd((name, image.WidthBits, image.Variant), _ => RomContents.Of(image).Value);
    };

    private static UnitTemplate<T> Units<T>(string template) =>
        new(File.ReadAllText(Path.Combine(TemplateFolder.Templates, "modules", template)), ResourceModel.Installed.Modules);
}
