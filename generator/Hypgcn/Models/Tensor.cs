namespace Hypgcn.Models;

/// <summary>A named array as a file holds it, contiguous in C order (last index fastest).</summary>
/// <remarks>Half precision is widened to float, every integer type and bool to long.</remarks>
public sealed class Tensor
{
    private readonly Array _data;

    public Tensor(string name, IReadOnlyList<int> shape, float[] data) : this(name, shape, (Array)data) { }

    public Tensor(string name, IReadOnlyList<int> shape, double[] data) : this(name, shape, (Array)data) { }

    public Tensor(string name, IReadOnlyList<int> shape, long[] data) : this(name, shape, (Array)data) { }

    internal Tensor(string name, IReadOnlyList<int> shape, Array data)
    {
        ArgumentNullException.ThrowIfNull(name);
        long count = 1;
        foreach (int extent in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent, nameof(shape));
            count *= extent;
        }

        if (count != data.Length)
            throw new ArgumentException($"shape {ShapeText(shape)} holds {count} values, data has {data.Length}", nameof(data));
        if (data is not (float[] or double[] or long[]))
            throw new ArgumentException("data is float[], double[] or long[]", nameof(data));

        Name = name;
        Shape = [.. shape];
        _data = data;
    }

    /// <summary>Key in the file.</summary>
    public string Name { get; }

    /// <summary>Extents; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of values.</summary>
    public int Count => _data.Length;

    /// <summary>Whether the values are integers (or bool).</summary>
    public bool IsInteger => _data is long[];

    /// <summary>Whether the values are stored in double precision.</summary>
    public bool IsDouble => _data is double[];

    /// <summary>[a, b, c], as messages print it.</summary>
    public string ShapeLabel => ShapeText(Shape);

    internal Array Data => _data;

    /// <summary>All values as double; exact for float, double and integers below 2^53.</summary>
    public double[] ToDoubles() => _data switch
    {
        double[] d => [.. d],
        float[] f => Array.ConvertAll(f, x => (double)x),
        _ => Array.ConvertAll((long[])_data, x => (double)x),
    };

    /// <summary>All values as float, rounded to nearest.</summary>
    public float[] ToSingles() => _data switch
    {
        float[] f => [.. f],
        double[] d => Array.ConvertAll(d, x => (float)x),
        _ => Array.ConvertAll((long[])_data, x => (float)x),
    };

    /// <summary>All values as long.</summary>
    /// <exception cref="InvalidOperationException">The values are not integers.</exception>
    public long[] ToIntegers() =>
        _data is long[] l ? [.. l] : throw new InvalidOperationException($"{Name} does not hold integers");

    /// <summary>Index of the first NaN or infinity, or -1.</summary>
    public int FirstNonFinite() => _data switch
    {
        float[] f => Array.FindIndex(f, x => !float.IsFinite(x)),
        double[] d => Array.FindIndex(d, x => !double.IsFinite(x)),
        _ => -1,
    };

    internal Tensor Renamed(string name) => new(name, Shape, _data);

    internal static string ShapeText(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}
