namespace Hypgcn.Estimation;

/// <summary>What a module is made of, as far as its parameters decide it.</summary>
internal abstract record RtlNode
{
    /// <summary>A constant gets its value.</summary>
    internal sealed record Constant(int Slot, VerilogConstant Value) : RtlNode;

    /// <summary>One part or another.</summary>
    internal sealed record Choice(VerilogConstant Condition, RtlNode[] Yes, RtlNode[] No) : RtlNode;

    /// <summary>A part many times; <paramref name="Varies"/> if its children follow the loop's variable.</summary>
    internal sealed record Loop(int Slot, VerilogConstant First, VerilogConstant Condition, VerilogConstant Step, RtlNode[] Body, bool Varies) : RtlNode;

    /// <summary>A child.</summary>
    internal sealed record Instance(string Module, (string Name, VerilogConstant Value)[] Parameters) : RtlNode
    {
        /// <summary>Whether the instance sets a parameter.</summary>
        internal bool Has(string name) => Array.Exists(Parameters, parameter => parameter.Name == name);

        /// <summary>The value of a parameter, or null where the instance does not set it.</summary>
        internal long? Value(string name, long[] slots)
        {
            foreach (var parameter in Parameters)
            {
                if (parameter.Name == name)
                {
                    return parameter.Value(slots);
                }
            }
            return null;
        }
    }
}
