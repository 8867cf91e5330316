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
        private VerilogConstant?[] _given = []; // by parameter of the child

        /// <summary>The child; <see cref="Bind"/> has to come before.</summary>
        internal RtlModule Child { get; private set; } = null!;

        /// <summary>Says which module the child is.</summary>
        internal void Bind(RtlModule child) =>
            (Child, _given) = (child, [.. child.Parameters.Select(parameter => Value(parameter.Name))]);

        /// <summary>The value of a parameter, or null where the instance does not set it.</summary>
        internal VerilogConstant? Value(string name)
        {
            foreach (var parameter in Parameters)
            {
                if (parameter.Name == name)
                {
                    return parameter.Value;
                }
            }
            return null;
        }

        /// <summary>Values of the child's parameters.</summary>
        /// <param name="slots">Values of the module that it stands in.</param>
        internal long[] Start(long[] slots)
        {
            var values = new long[_given.Length];
            for (var n = 0; n < values.Length; n++)
            {
                values[n] = (_given[n] ?? Child.Parameters[n].Default)(_given[n] is null ? values : slots);
            }
            return values;
        }
    }
}
