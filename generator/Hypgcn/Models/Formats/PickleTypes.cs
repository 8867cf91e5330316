namespace Hypgcn.Models.Formats;

/// <summary>A Python tuple.</summary>
internal sealed class PickleTuple(object?[] items)
{
    public object?[] Items { get; } = items;
}

/// <summary>A Python list.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A Python dict or OrderedDict; pairs in file order, later ones win.</summary>
internal sealed class PickleDict
{
    public List<KeyValuePair<object?, object?>> Items { get; } = [];
}

/// <summary>A name of a Python class or function that the file wants; never more than its name.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public string FullName => $"{Module}.{Name}";
}

/// <summary>What the globals of one kind of file mean: the only thing a pickle can make this program do.</summary>
internal interface IPickleGlobals
{
    bool IsAllowed(PickleGlobal global);

    /// <summary>What a file of this kind may name, for the message.</summary>
    string AllowedText { get; }

    /// <summary>What to do about a name that is not allowed.</summary>
    string Advice { get; }

    /// <summary>The value that Python's call would give.</summary>
    /// <exception cref="InvalidDataException">The arguments are not those of the call.</exception>
    object? Call(PickleGlobal global, PickleTuple arguments);

    /// <summary>What BUILD sets on a value; null state is ignored by the caller.</summary>
    object? Build(object? target, object? state);

    object? PersistentLoad(object? id);
}
