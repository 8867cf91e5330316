using Hypgcn.Hardware;

namespace Hypgcn.Synthesis;

/// <summary>The synthesis of a design: every distinct module once, and how often it is there.</summary>
public sealed class DesignSynthesis
{
    private readonly Dictionary<ModuleConfiguration, ModuleSynthesis> _modules;
    private readonly Dictionary<ModuleConfiguration, Resources> _totals = [];
    private readonly Dictionary<ModuleConfiguration, int> _instances = [];

    /// <param name="top">The top module.</param>
    /// <param name="modules">The top and all that are below it.</param>
    /// <param name="version">What Yosys says it is.</param>
    internal DesignSynthesis(ModuleConfiguration top, Dictionary<ModuleConfiguration, ModuleSynthesis> modules, string version)
    {
        Top = top;
        Version = version;
        _modules = modules;
        Count(top);
        Depths = new DesignDepth(_modules);
    }

    /// <summary>The top module.</summary>
    public ModuleConfiguration Top { get; }

    /// <summary>What Yosys says it is.</summary>
    public string Version { get; }

    /// <summary>Distinct modules.</summary>
    public IReadOnlyCollection<ModuleConfiguration> Modules => _modules.Keys;

    /// <summary>Longest paths.</summary>
    public DesignDepth Depths { get; }

    /// <summary>Everything.</summary>
    public Resources Total => Of(Top);

    /// <summary>A module's synthesis.</summary>
    public ModuleSynthesis this[ModuleConfiguration module] => _modules[module];

    /// <summary>Instances of a module in the whole design.</summary>
    public int Instances(ModuleConfiguration module) => _instances[module];

    /// <summary>A module with all its children.</summary>
    public Resources Of(ModuleConfiguration module)
    {
        if (!_totals.TryGetValue(module, out var total))
        {
            var synthesis = _modules[module];
            total = synthesis.Children.Aggregate(synthesis.Own, (sum, child) => sum + Of(child.Configuration));
            _totals[module] = total;
        }
        return total;
    }

    private void Count(ModuleConfiguration module)
    {
        _instances[module] = _instances.GetValueOrDefault(module) + 1;
        foreach (var child in _modules[module].Children)
        {
            Count(child.Configuration);
        }
    }
}
