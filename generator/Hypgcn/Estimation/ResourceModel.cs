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
    private const string Accelerator = "accelerator";
    private const string Uncounted = "accelerator_uncounted";
    private const string Block = "block";
    private const string Registers = "registers";
    private const string Shell = "shell";
    private const string LutWords = "LUT_WORDS";
    private const string BlockRam = "BLOCK_RAM";
    private static readonly Lazy<ResourceModel> Shared = new(() => new ResourceModel(
        [.. Directory.EnumerateFiles(Path.Combine(TemplateFolder.Templates, "primitives"), "*.v").Select(File.ReadAllText)],
        ResourceCoefficients.Read(CoefficientsPath)));

    private readonly Dictionary<string, (RtlModule Module, ModuleCost Cost)> _modules = new(StringComparer.Ordinal);
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
            _modules.Add(module.Name, (module, new ModuleCost(module, coefficients.Modules[entry])));
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
        var (rtl, _) = _modules[module];
        var slots = new long[rtl.Slots];
        rtl.Start(slots, name => parameters.TryGetValue(name, out var value) ? value : null);
        return Total(module, slots);
    }

    /// <summary>A module with everything below it, for several limits of what goes into LUTs: only its memories differ.</summary>
    /// <param name="module">Its name.</param>
    /// <param name="parameters">Parameters that differ from their defaults.</param>
    /// <param name="lutWords">Values of the parameter <c>LUT_WORDS</c>.</param>
    internal Resources[] Of(string module, IReadOnlyDictionary<string, long> parameters, int[] lutWords)
    {
        var (rtl, _) = _modules[module];
        var slots = new long[rtl.Slots];
        rtl.Start(slots, name => parameters.TryGetValue(name, out var value) ? value : null);
        return Mappings(module, slots, lutWords);
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
    public Resources Own(string module, IReadOnlyDictionary<string, long> parameters) => _modules[module].Cost.Of(Values(module, parameters));

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
        var rtl = _modules[module].Module;
        var slots = new long[rtl.Slots];
        rtl.Start(slots, name => parameters.TryGetValue(name, out var value) ? value : null);
        Walk(rtl.Body, slots, 1, (_, _, _) => { });
        return slots;
    }

    /// <summary>The module's Verilog.</summary>
    internal RtlModule Rtl(string module) => _modules[module].Module;

    /// <summary>Children of a module: how many, which, and their parameters.</summary>
    internal IReadOnlyList<(long Count, string Module, IReadOnlyDictionary<string, long> Parameters)> Children(
        string module, IReadOnlyDictionary<string, long> parameters)
    {
        var rtl = _modules[module].Module;
        var slots = new long[rtl.Slots];
        rtl.Start(slots, name => parameters.TryGetValue(name, out var value) ? value : null);
        var children = new List<(long, string, IReadOnlyDictionary<string, long>)>();
        Walk(rtl.Body, slots, 1, (count, instance, values) => children.Add((count, instance.Module, instance.Parameters
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Value(values), StringComparer.Ordinal))));
        return children;
    }

    private Resources Total(string module, long[] slots)
    {
        var (rtl, cost) = _modules[module];
        var sum = default(Resources);
        Walk(rtl.Body, slots, 1, (count, instance, values) =>
        {
            var child = _modules[instance.Module].Module;
            var childSlots = new long[child.Slots];
            child.Start(childSlots, name => instance.Value(name, values));
            sum += checked((int)count) * Known(instance.Module, childSlots, child.Parameters.Count);
        });
        return sum + cost.Of(slots);
    }

    private Resources[] Mappings(string module, long[] slots, int[] lutWords)
    {
        var (rtl, cost) = _modules[module];
        var limit = rtl.SlotOf(LutWords);
        var (sum, sums) = (default(Resources), new Resources[lutWords.Length]);
        Walk(rtl.Body, slots, 1, (count, instance, values) =>
        {
            var child = _modules[instance.Module].Module;
            var childSlots = new long[child.Slots];
            child.Start(childSlots, name => instance.Value(name, values));
            if (instance.Has(LutWords))
            {
                var key = new ModuleValues(instance.Module, [.. childSlots.AsSpan(0, child.Parameters.Count), .. lutWords], child.Parameters.Count + lutWords.Length);
                var mappings = _mappings.TryGetValue(key, out var known) ? known : _mappings[key] = Mappings(instance.Module, childSlots, lutWords);
                for (var n = 0; n < sums.Length; n++)
                {
                    sums[n] += checked((int)count) * mappings[n];
                }
            }
            else if (limit is int slot && instance.Has(BlockRam))
            {
                var own = values[slot];
                Resources? inLuts = null, inBlocks = null;
                for (var n = 0; n < sums.Length; n++)
                {
                    values[slot] = lutWords[n];
                    ref var mapped = ref instance.Value(BlockRam, values) == 0 ? ref inLuts : ref inBlocks;
                    if (mapped is null)
                    {
                        child.Start(childSlots, name => instance.Value(name, values));
                        mapped = checked((int)count) * Known(instance.Module, childSlots, child.Parameters.Count);
                    }
                    sums[n] += mapped.Value;
                }
                values[slot] = own;
            }
            else
            {
                sum += checked((int)count) * Known(instance.Module, childSlots, child.Parameters.Count);
            }
        });
        sum += cost.Of(slots);
        return [.. sums.Select(memories => memories + sum)];
    }

    // Small memories and FIFOs come again and again.
    private Resources Known(string module, long[] slots, int parameters)
    {
        if (!_known.TryGetValue(new ModuleValues(module, slots, parameters), out var known))
        {
            // Its constants go into the slots behind the parameters.
            var key = new ModuleValues(module, slots[..parameters], parameters);
            _known[key] = known = Total(module, slots);
        }
        return known;
    }

    private static void Walk(IReadOnlyList<RtlNode> nodes, long[] slots, long count, Action<long, RtlNode.Instance, long[]> onChild)
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

    /// <summary>Entry of the top level, whose logic is the multiplexer of its counters.</summary>
    internal static string AcceleratorKind(bool counters) => counters ? Accelerator : Uncounted;

    // Generated modules have names of their own.
    private static string KindOf(RtlModule module) => module switch
    {
        _ when module.Has("STATS") => AcceleratorKind(module.MayHave("stage_counter")),
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
