namespace Hypgcn.Models.Formats;

/// <summary>Reads the zip form of torch.save.</summary>
internal sealed class PyTorchReader
{
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "weights"];
    /// <summary>A pickle may make a hundred times its size of lists; 2s-AGCN's has 60 KB.</summary>
    private const int LargestPickleBytes = 8 << 20;
    private readonly string _path;
    private readonly ZipContainer _zip;
    private readonly ReadBudget _budget;
    private readonly Dictionary<string, (ElementKind Kind, Array Data)> _storages = new(StringComparer.Ordinal);
    private string _root = "";
    private bool _bigEndian;

    private PyTorchReader(string path, ZipContainer zip, ReadBudget budget)
    {
        _path = path;
        _zip = zip;
        _budget = budget;
    }

    public static Dictionary<string, Tensor> Read(string path, ZipContainer zip, ReadBudget budget) =>
        new PyTorchReader(path, zip, budget).ReadState();

    /// <summary>The error for torch.save's form before PyTorch 1.6.</summary>
    public static ModelFormatException LegacyFile(string path) => Problem.At(path,
        "the file is in PyTorch's format from before 1.6; only the zip form is read. " +
        "Resave it in Python: torch.save(torch.load('old.pt', map_location='cpu'), 'new.pt').");

    private Dictionary<string, Tensor> ReadState()
    {
        string[] pickles = [.. _zip.Names.Where(n => n == "data.pkl" || (n.EndsWith("/data.pkl", StringComparison.Ordinal) && n.IndexOf('/') == n.Length - 9))];
        if (pickles.Length != 1)
            throw Problem.At(_path, $"the archive has {pickles.Length} entries NAME/data.pkl; a PyTorch checkpoint has one. Save the state_dict with torch.save.");
        _root = pickles[0][..^"data.pkl".Length];
        _bigEndian = ReadByteOrder();

        byte[] pickle = _zip.Read(pickles[0]);
        if (pickle.Length > LargestPickleBytes)
            throw Problem.At(_path, $"entry {Problem.Quoted(pickles[0])} has {pickle.Length} bytes; names and shapes have at most {LargestPickleBytes}. Save only the state_dict.");
        object? value = PickleReader.Read($"{_path}/{pickles[0]}", pickle, new PyTorchGlobals());
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((object? key, object? item) in StateDict(value).Items)
        {
            if (key is string name && item is TensorReference reference)
                tensors[name] = Materialize(name, reference);
        }

        return tensors;
    }

    private bool ReadByteOrder()
    {
        string name = _root + "byteorder";
        if (!_zip.Contains(name))
            return false;
        string order = System.Text.Encoding.Latin1.GetString(_zip.Read(name));
        return order switch
        {
            "little" => false,
            "big" => true,
            _ => throw Problem.At(_path, $"byteorder is {Problem.Quoted(order)}; it is 'little' or 'big'. Save the file again."),
        };
    }

    private PickleDict StateDict(object? value)
    {
        // One wrapper inside another is in circulation (Lightning around a trainer), more is not.
        for (int depth = 0; depth < 4 && value is PickleDict dict; depth++)
        {
            if (dict.Items.Any(x => x.Key is string && x.Value is TensorReference))
                return dict;
            value = Wrappers.Select(w => dict.Items.FindLast(x => w.Equals(x.Key as string, StringComparison.Ordinal)).Value)
                .FirstOrDefault(x => x is PickleDict);
        }

        throw Problem.At(_path, "no state_dict was found; the file holds a dict of tensors, plain or under " +
            $"'{string.Join("', '", Wrappers)}'. Save it with torch.save(model.state_dict(), 'new.pt').");
    }

    private Tensor Materialize(string name, TensorReference reference)
    {
        string where = $"tensor {Problem.Quoted(name)}";
        int[] shape = CheckedShape(where, reference);
        (ElementKind kind, Array data) = Storage(where, reference.Storage);
        long count = shape.Aggregate(1L, (a, b) => a * b);
        if (reference.Offset == 0 && count == data.Length && IsContiguous(reference))
            return new Tensor(name, shape, data);

        _budget.Claim(_path, where, count * ElementCodec.DecodedSizeBytes(kind));
        return new Tensor(name, shape, StridedView.Gather(data, reference.Offset, shape, reference.Strides));
    }

    private int[] CheckedShape(string where, TensorReference reference)
    {
        long count = 1;
        long last = reference.Offset;
        foreach ((long extent, long stride) in reference.Shape.Zip(reference.Strides))
        {
            if (extent is < 0 or > int.MaxValue || stride is < 0 or > int.MaxValue)
                throw Problem.At(_path, $"{where} has size {extent} and stride {stride}; both lie in 0..{int.MaxValue}. The file is corrupt: save it again.");
            if (extent > 0 && count > int.MaxValue / extent)
                throw Problem.At(_path, $"{where} has more than {int.MaxValue} values; a tensor has at most that many. The file is corrupt: save it again.");
            count *= extent;
            last += (extent - 1) * stride;
        }

        if (reference.Offset < 0 || (count > 0 && last >= reference.Storage.Count))
        {
            throw Problem.At(_path, $"{where} reads value {(reference.Offset < 0 ? reference.Offset : last)} of storage {Problem.Quoted(reference.Storage.Key)}, " +
                $"which has {reference.Storage.Count}; a tensor lies inside its storage. The file is corrupt: save it again.");
        }

        return Array.ConvertAll(reference.Shape, x => (int)x);
    }

    private (ElementKind Kind, Array Data) Storage(string where, StorageReference storage)
    {
        if (_storages.TryGetValue(storage.Key, out (ElementKind Kind, Array Data) known))
        {
            if (known.Kind != storage.Kind || known.Data.Length != storage.Count)
                throw Problem.At(_path, $"{where} sees storage {Problem.Quoted(storage.Key)} with another type or size than the tensor before; a storage has one. The file is corrupt: save it again.");
            return known;
        }

        byte[] bytes = _zip.Read($"{_root}data/{storage.Key}");
        int size = ElementCodec.SizeBytes(storage.Kind);
        if (storage.Count > Array.MaxLength || bytes.LongLength != storage.Count * size)
        {
            throw Problem.At(_path, $"storage {Problem.Quoted(storage.Key)} has {bytes.LongLength} bytes, declared are {storage.Count} values of {size}; both must agree. " +
                "The file is truncated or corrupt: copy or save it again.");
        }

        _budget.Claim(_path, where, storage.Count * ElementCodec.DecodedSizeBytes(storage.Kind));
        Array data = ElementCodec.Decode(bytes, storage.Kind, _bigEndian);
        _storages.Add(storage.Key, (storage.Kind, data));
        return (storage.Kind, data);
    }

    private static bool IsContiguous(TensorReference reference)
    {
        long expected = 1;
        for (int i = reference.Shape.Length - 1; i >= 0; i--)
        {
            if (reference.Shape[i] != 1 && reference.Strides[i] != expected)
                return false;
            expected *= reference.Shape[i];
        }

        return true;
    }
}
