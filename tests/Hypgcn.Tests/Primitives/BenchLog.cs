using System.Globalization;
using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>The values of a bench's ports, cycle by cycle.</summary>
internal sealed class BenchLog
{
    private readonly Dictionary<string, int> _columns;
    private readonly string[][] _rows;

    internal BenchLog(IReadOnlyList<string> columns, string[][] rows)
    {
        _columns = columns.Select((name, index) => (name, index)).ToDictionary(item => item.name, item => item.index, StringComparer.Ordinal);
        _rows = rows;
        Assert.That(rows.Select(row => row.Length).Distinct(), Is.EqualTo(new[] { columns.Count }), "values in a line");
    }

    internal int Cycles => _rows.Length;

    /// <summary>A one-bit value; unknown counts as 0.</summary>
    internal bool Bit(int cycle, string column) => Text(cycle, column) == "1";

    internal BigInteger Value(int cycle, string column) =>
        TryValue(cycle, column) is BigInteger value
            ? value
            : throw new AssertionException(
                string.Create(CultureInfo.InvariantCulture, $"cycle {cycle}: {column} is {Text(cycle, column)}; it must be known."));

    /// <summary>A value, or null if one of its bits is unknown.</summary>
    internal BigInteger? TryValue(int cycle, string column) =>
        BigInteger.TryParse("0" + Text(cycle, column), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger value)
            ? value
            : null;

    internal string Text(int cycle, string column) => _rows[cycle][_columns[column]];
}
