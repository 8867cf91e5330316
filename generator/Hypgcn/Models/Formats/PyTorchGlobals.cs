namespace Hypgcn.Models.Formats;

/// <summary>A storage that a tensor of the checkpoint lies in.</summary>
/// <param name="Key">Entry data/KEY of the archive.</param>
/// <param name="Kind">Type of its values.</param>
/// <param name="Count">Values it holds.</param>
internal sealed record StorageReference(string Key, ElementKind Kind, long Count);

/// <summary>A view of a storage.</summary>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides);

/// <summary>The names that a state_dict needs. Nothing else is known, so nothing else can happen.</summary>
internal sealed class PyTorchGlobals : IPickleGlobals
{
    /// <summary>A call copies a list that the pickle may name again and again: all copies together have at most so many pairs.</summary>
    private const int MostPairs = 1_000_000;
    private static readonly Dictionary<string, ElementKind> Storages = new(StringComparer.Ordinal)
    {
        ["BoolStorage"] = ElementKind.Bool,
        ["ByteStorage"] = ElementKind.UInt8,
        ["CharStorage"] = ElementKind.Int8,
        ["ShortStorage"] = ElementKind.Int16,
        ["IntStorage"] = ElementKind.Int32,
        ["LongStorage"] = ElementKind.Int64,
        ["HalfStorage"] = ElementKind.Float16,
        ["BFloat16Storage"] = ElementKind.BFloat16,
        ["FloatStorage"] = ElementKind.Float32,
        ["DoubleStorage"] = ElementKind.Float64,
    };

    private int _pairs;

    public string AllowedText => "only tensors, dicts, lists, numbers and text are read, and nothing is executed";

    public string Advice => "Save only the state_dict, or check where the file comes from";

    public bool IsAllowed(PickleGlobal global) => global.FullName switch
    {
        "collections.OrderedDict" or "torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_parameter" => true,
        _ => global.Module == "torch" && Storages.ContainsKey(global.Name),
    };

    public object? Call(PickleGlobal global, PickleTuple arguments) => global.Name switch
    {
        "OrderedDict" => OrderedDict(arguments.Items),
        "_rebuild_tensor_v2" => Tensor(arguments.Items),
        "_rebuild_parameter" => arguments.Items is [TensorReference tensor, ..]
            ? tensor
            : throw new InvalidDataException("_rebuild_parameter needs a tensor"),
        _ => throw new InvalidDataException($"{global.FullName} is called"),
    };

    // The state is _metadata of an OrderedDict, or hooks of a parameter: neither holds weights.
    public object? Build(object? target, object? state) => target is PickleDict or TensorReference
        ? target
        : throw new InvalidDataException("BUILD of something other than a dict or a tensor");

    public object? PersistentLoad(object? id)
    {
        if (id is PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long count, ..] } &&
            Storages.TryGetValue(type.Name, out ElementKind kind) && count >= 0)
        {
            return new StorageReference(key, kind, count);
        }

        throw new InvalidDataException("a persistent id is not that of a storage");
    }

    private PickleDict OrderedDict(object?[] arguments)
    {
        var dict = new PickleDict();
        if (arguments.Length == 0)
            return dict;
        if (arguments is not [PickleList pairs])
            throw new InvalidDataException("OrderedDict needs a list of pairs");
        _pairs += pairs.Items.Count;
        if (_pairs > MostPairs)
            throw new InvalidDataException($"OrderedDict has more than {MostPairs} pairs in all");
        foreach (object? pair in pairs.Items)
        {
            object?[]? items = pair switch { PickleTuple t => t.Items, PickleList l => [.. l.Items], _ => null };
            if (items is not [object key, var value])
                throw new InvalidDataException("OrderedDict needs a list of pairs");
            dict.Items.Add(new(key, value));
        }

        return dict;
    }

    private static TensorReference Tensor(object?[] arguments)
    {
        if (arguments is not [StorageReference storage, long offset, PickleTuple shape, PickleTuple strides, ..] ||
            shape.Items.Length != strides.Items.Length || shape.Items.Length > 16)
        {
            throw new InvalidDataException("_rebuild_tensor_v2 needs storage, offset, size and stride");
        }

        return new TensorReference(storage, offset, Longs(shape), Longs(strides));
    }

    private static long[] Longs(PickleTuple tuple) => Array.ConvertAll(tuple.Items,
        x => x is long value ? value : throw new InvalidDataException("a size or stride is not an integer"));
}
