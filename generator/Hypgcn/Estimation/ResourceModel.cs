using System.Collections.Concurrent;
using Hypgcn.Emission;
using Hypgcn.Hardware;
using Hypgcn.Synthesis;

namespace Hypgcn.Estimation;

/// <summary>
/// What modules cost, without synthesis. A module's constants and children are taken from its Verilog, so they cannot drift
/// away from it; the cost of its own logic is a sum of terms with fitted coefficients. Safe for many threads.
/// </summary>
public sealed class ResourceModel
{
    internal const string Accelerator = "accelerator";
    private const string Block = "block";
    private const string Registers = "registers";
    private const string Shell = "shell";
    private const string LutWords = "LUT_WORDS";
    private const string BlockRam = "BLOCK_RAM";
    private static readonly Lazy<ResourceModel> Shared = new(() => new ResourceModel(
        [.. Directory.EnumerateFiles(Path.Combine(TemplateFolder.Templates, "primitives"), "*.v").Select(File.ReadAllText)],
        ResourceCoefficients.Read(CoefficientsPath)));

    private readonly Dictionary<string, RtlModule> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<RtlModule, ModuleCost> _costs = [];
    private readonly ResourceCoefficients _coefficients;
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly Func<string, long>? _contents;
    private readonly ConcurrentDictionary<ModuleValues, Resources> _known = [];
    private readonly ConcurrentDictionary<ModuleValues, Resources[]> _mappings = [];

    /// <summary>A model of some modules.</summary>
    /// <param name="texts">The Verilog, one module a text.</param>
    /// <param name="coefficients">Costs.</param>
    /// <param name="folder">Folder of the memory images that the texts name; null if they are not there.</param>
    /// <exception cref="HypgcnException">A text cannot be read, or a term names what the module does not have.</exception>
    public ResourceModel(IReadOnlyList<string> texts, ResourceCoefficients coefficients, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        var images = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        _contents = folder is null ? null : image => images.GetOrAdd(image, name => RomContents.Read(Path.Combine(folder, name)).Value);
        _coefficients = coefficients;
        var names = texts.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var module in texts.Select(text => RtlModule.Read(text, names, _contents)))
        {
            var entry = coefficients.Modules.ContainsKey(module.Name) ? module.Name : KindOf(module);
            _entries.Add(module.Name, entry);
            _modules.Add(module.Name, module);
            _costs.Add(module, new ModuleCost(module, coefficients.Modules[entry]));
        }
        foreach (var instance in _modules.Values.SelectMany(module => module.Instances()))
        {
            instance.Bind(_modules[instance.Module]);
        }
    }

    /// <summary>Full path of the coefficients that are installed.</summary>
    public static string CoefficientsPath => Path.Combine(TemplateFolder.Templates, "synthesis", ResourceCoefficients.FileName);

    /// <summary>The model of the hand-written modules.</summary>
    public static ResourceModel Installed => Shared.Value;

    /// <summary>Module names.</summary>
    public IReadOnlyCollection<string> Modules => _modules.Keys;

    /// <summary>The model of a design's own Verilog.</summary>
    /// <param name="library">Its modules.</param>
    public static ResourceModel Of(RtlLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        return new ResourceModel([.. library.Modules.Select(library.Text)], ResourceCoefficients.Read(CoefficientsPath), library.Folder);
    }

    /// <summary>Which coefficients a module has: generated modules share those of their kind.</summary>
    public string EntryOf(string module) => _entries[module];

    /// <summary>A module with everything below it.</summary>
    /// <param name="module">Its name.</param>
    /// <param name="parameters">Parameters that differ from their defaults.</param>
    public Resources Of(string module, IReadOnlyDictionary<string, long> parameters)
    {
        var rtl = _modules[module];
        return Total(rtl, Start(rtl, parameters));
    }

    /// <summary>A module with everything below it, for several limits of what goes into LUTs: only its memories differ.</summary>
    /// <param name="module">Its name.</param>
    /// <param name="parameters">Parameters that differ from their defaults.</param>
    /// <param name="lutWords">Values of the parameter <c>LUT_WORDS</c>.</param>
    internal Resources[] Of(string module, IReadOnlyDictionary<string, long> parameters, int[] lutWords)
    {
        var rtl = _modules[module];
        return Mappings(rtl, Start(rtl, parameters), lutWords);
    }

    /// <summary>The own logic of a generated module, given the parameter that its size follows, if one does.</summary>
    internal Resources Generated(string entry, string parameter = "parameter NONE = 0")
    {
        var module = RtlModule.Read($"module {entry} #({parameter}) (); endmodule", []);
        var slots = new long[module.Slots];
        module.Start(slots, _ => null);
        return new ModuleCost(module, _coefficients.Modules[entry]).Of(slots);
    }

    /// <summary>A module without its children.</summary>
    /// <param name="module">Its name.</param>
    /// <param name="parameters">Parameters that differ from their defaults.</param>
    public Resources Own(string module, IReadOnlyDictionary<string, long> parameters) => _costs[_modules[module]].Of(Values(module, parameters));

    /// <summary>Parameters of an instance as the model knows them: integers, and the contents of memories.</summary>
    public IReadOnlyDictionary<string, long> ParametersOf(ModuleConfiguration module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var parameters = new Dictionary<string, long>(module.Integers(), StringComparer.Ordinal);
        foreach (var (name, value) in module.Parameters.Where(parameter => _contents is not null && parameter.Value.StartsWith('"')))
        {
            parameters.Add(name, _contents!(value.Trim('"')));
        }
        return parameters;
    }

    /// <summary>Values of the module's parameters and constants.</summary>
    internal long[] Values(string module, IReadOnlyDictionary<string, long> parameters)
    {
        var rtl = _modules[module];
        var slots = Start(rtl, parameters);
        Walk(rtl.Body, slots, 1, (_, _, _) => { });
        return slots;
    }

    /// <summary>The module's Verilog.</summary>
    internal RtlModule Rtl(string module) => _modules[module];

    /// <summary>Children of a module: how many, which, and their parameters.</summary>
    internal IReadOnlyList<(long Count, string Module, IReadOnlyDictionary<string, long> Parameters)> Children(
        string module, IReadOnlyDictionary<string, long> parameters)
    {
        var rtl = _modules[module];
        var slots = Start(rtl, parameters);
        var children = new List<(long, string, IReadOnlyDictionary<string, long>)>();
        Walk(rtl.Body, slots, 1, (count, instance, values) => children.Add((count, instance.Module, instance.Parameters
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Value(values), StringComparer.Ordinal))));
        return children;
    }

    private static long[] Start(RtlModule module, IReadOnlyDictionary<string, long> parameters)
    {
        var slots = new long[module.Slots];
        module.Start(slots, name => parameters.TryGetValue(name, out var value) ? value : null);
        return slots;
    }

    // Constants go into the slots behind the parameters.
    private static long[] Start(RtlModule module, long[] parameters)
    {
        var slots = new long[module.Slots];
        parameters.CopyTo(slots, 0);
        return slots;
    }

    private Resources Total(RtlModule module, long[] slots)
    {
        var sum = default(Resources);
        Walk(module.Body, slots, 1, (count, instance, values) => sum += checked((int)count) * Known(instance.Child, instance.Start(values)));
        return sum + _costs[module].Of(slots);
    }

    private Resources[] Mappings(RtlModule module, long[] slots, int[] lutWords)
    {
        var limit = module.SlotOf(LutWords);
        var (sum, sums) = (default(Resources), new Resources[lutWords.Length]);
        Walk(module.Body, slots, 1, (count, instance, values) =>
        {
            var times = checked((int)count);
            if (instance.Value(LutWords) is not null)
            {
                var mappings = KnownMappings(instance.Child, instance.Start(values), lutWords);
                for (var n = 0; n < sums.Length; n++)
                {
                    sums[n] += times * mappings[n];
                }
            }
            else if (limit is int slot && instance.Value(BlockRam) is { } isBlockRam)
            {
                var own = values[slot];
                Resources? inLuts = null, inBlocks = null;
                for (var n = 0; n < sums.Length; n++)
                {
                    values[slot] = lutWords[n];
                    ref var mapped = ref isBlockRam(values) == 0 ? ref inLuts : ref inBlocks;
                    mapped ??= times * Known(instance.Child, instance.Start(values));
                    sums[n] += mapped.Value;
                }
                values[slot] = own;
            }
            else
            {
                sum += times * Known(instance.Child, instance.Start(values));
            }
        });
        sum += _costs[module].Of(slots);
        return [.. sums.Select(memories => memories + sum)];
    }

    // Small memories and FIFOs come again and again.
    private Resources Known(RtlModule module, long[] parameters)
    {
        var key = new ModuleValues(module, parameters);
        return _known.TryGetValue(key, out var known) ? known : _known[key] = Total(module, Start(module, parameters));
    }

    private Resources[] KnownMappings(RtlModule module, long[] parameters, int[] lutWords)
    {
        var key = new ModuleValues(module, [.. parameters, .. lutWords]);
        return _mappings.TryGetValue(key, out var known) ? known : _mappings[key] = Mappings(module, Start(module, parameters), lutWords);
    }

    private static void Walk(RtlNode[] nodes, long[] slots, long count, Action<long, RtlNode.Instance, long[]> onChild)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case RtlNode.Constant constant:
                    slots[constant.Slot] = constant.Value(slots);
                    break;
                case RtlNode.Choice choice:
                    Walk(choice.Condition(slots) != 0 ? choice.Yes : choice.No, slots, count, onChild);
                    break;
                case RtlNode.Loop { Varies: true } loop:
                    for (slots[loop.Slot] = loop.First(slots); loop.Condition(slots) == 1; slots[loop.Slot] = loop.Step(slots))
                    {
                        Walk(loop.Body, slots, count, onChild);
                    }
                    break;
                case RtlNode.Loop loop:
                    var turns = Turns(loop, slots);
                    slots[loop.Slot] = loop.First(slots);
                    Walk(loop.Body, slots, count * turns, onChild);
                    break;
                case RtlNode.Instance instance:
                    onChild(count, instance, slots);
                    break;
            }
        }
    }

    // Steps of one size and a condition that ends once: the last turn is bisected, for there may be hundreds.
    private static long Turns(RtlNode.Loop loop, long[] slots)
    {
        var first = loop.First(slots);
        slots[loop.Slot] = first;
        var step = loop.Step(slots) - first;
        bool IsTurn(long turn)
        {
            slots[loop.Slot] = first + (turn * step);
            return loop.Condition(slots) == 1;
        }
        if (step == 0 || !IsTurn(0))
        {
            return 0;
        }
        slots[loop.Slot] = first + step;
        if (loop.Step(slots) != first + (2 * step))
        {
            long counted = 0;
            for (slots[loop.Slot] = first; loop.Condition(slots) == 1; slots[loop.Slot] = loop.Step(slots))
            {
                counted++;
            }
            return counted;
        }
        var (low, high) = (0L, 1L);
        while (IsTurn(high))
        {
            (low, high) = (high, 2 * high);
        }
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = IsTurn(middle) ? (middle, high) : (low, middle);
        }
        return high;
    }

    // Generated modules have names of their own.
    private static string KindOf(RtlModule module) => module switch
    {
        _ when module.Has("DROPS") => Accelerator,
        _ when module.Name.EndsWith("_registers", StringComparison.Ordinal) => Registers,
        _ when module.Name.EndsWith("_axi", StringComparison.Ordinal) => Shell,
        _ => Block,
    };

    private static string NameOf(string text)
    {
        var tokens = new VerilogTokens(text);
        tokens.Expect("module");
        return tokens.Next();
    }
}
