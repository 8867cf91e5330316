namespace Hypgcn.Hardware;

/// <summary>What a field of a register does.</summary>
public enum FieldKind
{
    /// <summary>Reads a value that the design fixes.</summary>
    Constant,

    /// <summary>Reads a value of the hardware.</summary>
    ReadOnly,

    /// <summary>Keeps what was written; 0 after aresetn.</summary>
    ReadWrite,

    /// <summary>Writing 1 starts something; reads 1 while it lasts.</summary>
    Trigger,

    /// <summary>Set by the hardware, stays set; writing 1 clears it.</summary>
    Sticky,
}
