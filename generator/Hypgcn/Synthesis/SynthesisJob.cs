namespace Hypgcn.Synthesis;

/// <summary>
/// What Yosys is given for a module. Names of memory images that a module only hands on are replaced by placeholders, so that
/// engines that differ in their weights alone are synthesised once. A read-only memory in block RAM is given as a memory that
/// is written: block RAM is taken by width and depth, and Yosys would drop bits that happen to be constant.
/// </summary>
internal sealed class SynthesisJob
{
    private readonly Dictionary<string, string> _handedOn;

    private SynthesisJob(ModuleConfiguration module, string key, Dictionary<string, string> handedOn)
    {
        Module = module;
        Key = key;
        _handedOn = handedOn;
    }

    /// <summary>The module to synthesise.</summary>
    internal ModuleConfiguration Module { get; }

    /// <summary>Name of the result.</summary>
    internal string Key { get; }

    internal static SynthesisJob Of(RtlLibrary library, ModuleConfiguration module, string settings)
    {
        var handedOn = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!library.ReadsImages(module.Name))
        {
            foreach (var (name, value) in module.Parameters.Where(entry => entry.Value.StartsWith('"')))
            {
                handedOn[$"\"@{name}\""] = value;
            }
            module = ModuleConfiguration.Of(
                module.Name, module.Parameters.Select(entry => entry.Value.StartsWith('"') ? KeyValuePair.Create(entry.Key, $"\"@{entry.Key}\"") : entry));
        }
        module = MemoryMapping.StandIn(module);
        return new SynthesisJob(module, library.Hash(module, settings), handedOn);
    }

    /// <summary>The result with the names put back.</summary>
    internal ModuleSynthesis Restore(ModuleSynthesis result) => _handedOn.Count == 0 ? result : result with
    {
        Children =
        [
            .. result.Children.Select(child => child with
            {
                Configuration = ModuleConfiguration.Of(
                    child.Configuration.Name,
                    child.Configuration.Parameters.Select(entry => KeyValuePair.Create(entry.Key, _handedOn.GetValueOrDefault(entry.Value, entry.Value)))),
            }),
        ],
    };
}
