using Hypgcn.Hardware;

namespace Hypgcn.Synthesis;

/// <summary>Which memories go into block RAM.</summary>
internal static class MemoryMapping
{
    /// <summary>The module itself, or for a read-only memory in block RAM one that is written.</summary>
    internal static ModuleConfiguration StandIn(ModuleConfiguration module)
    {
        var usual = module.Integer("REGISTERED", 1) != 0 && module.Integer("DEPTH", DesignMemory.UsualLutWords) > DesignMemory.UsualLutWords;
        if (module.Name != "memory_rom" || module.Integer("BLOCK_RAM", usual ? 1 : 0) == 0)
        {
            return module;
        }
        return ModuleConfiguration.Of("memory_sdp", module.Parameters.Where(entry => entry.Key is "WIDTH" or "DEPTH").Append(KeyValuePair.Create("BLOCK_RAM", "1")));
    }
}
