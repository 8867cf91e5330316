namespace Hypgcn.Models.Formats;

/// <summary>How one value is stored in a file.</summary>
internal enum ElementKind
{
    Bool,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float16,
    BFloat16,
    Float32,
    Float64,
}
