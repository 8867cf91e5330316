namespace Hypgcn.Estimation;

/// <summary>A module with the values of its parameters, to look up what it costs.</summary>
/// <param name="module">Its name.</param>
/// <param name="values">The values, and perhaps more behind them.</param>
/// <param name="count">How many count.</param>
internal readonly struct ModuleValues(string module, long[] values, int count) : IEquatable<ModuleValues>
{
    private readonly string _module = module;
    private readonly long[] _values = values;
    private readonly int _count = count;

    /// <inheritdoc/>
    public bool Equals(ModuleValues other) =>
        _module == other._module && _values.AsSpan(0, _count).SequenceEqual(other._values.AsSpan(0, other._count));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModuleValues other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_module);
        foreach (var value in _values.AsSpan(0, _count))
        {
            hash.Add(value);
        }
        return hash.ToHashCode();
    }
}
