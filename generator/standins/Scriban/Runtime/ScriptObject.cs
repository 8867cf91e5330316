namespace Scriban.Runtime;

/// <summary>Named values that a template can see.</summary>
public class ScriptObject : IScriptObject
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public object? this[string key]
    {
        get => _values.TryGetValue(key, out object? value) ? value : null;
        set => _values[key] = value;
    }

    internal bool TryGetValue(string key, out object? value) => _values.TryGetValue(key, out value);
}
