namespace Hypgcn.Estimation;

/// <summary>A module with the values of its parameters, to look up what it costs.</summary>
/// <param name="module">The module.</param>
/// <param name="values">The values.</param>
internal readonly struct ModuleValues(RtlModule module, long[] values) : IEquatable<ModuleValues>
{
    private readonly RtlModule _module = module;
    private readonly long[] _values = values;

    /// <inheritdoc/>
    public bool Equals(ModuleValues other) =>
        _module == other._module && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModuleValues other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_module);
        foreach (var value in _values)
        {
            hash.Add(value);
        }
        return hash.ToHashCode();
    }
}
