using System.Globalization;
using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>Compares what a bench saw with what the model says; keeps the first differences.</summary>
internal sealed class Checker(BenchLog log)
{
    private readonly List<string> _problems = [];

    internal void Bit(int cycle, string column, bool expected) => Value(cycle, column, expected ? 1 : 0);

    internal void Value(int cycle, string column, BigInteger expected)
    {
        if (log.TryValue(cycle, column) != expected)
            Add(cycle, $"{column} is {log.Text(cycle, column)}, expected {Bits.Hex(expected)}");
    }

    internal void Values(int cycle, string column, IEnumerable<long> actual, IEnumerable<long> expected)
    {
        if (!actual.SequenceEqual(expected))
            Add(cycle, $"{column} is [{string.Join(' ', actual)}], expected [{string.Join(' ', expected)}]");
    }

    private void Add(int cycle, string text)
    {
        if (_problems.Count < 12)
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"cycle {cycle}: {text}"));
    }

    /// <summary>Fails on any difference, and if fewer results were seen than the test is about.</summary>
    internal void Finish(int seen, int required) => Assert.Multiple(() =>
    {
        Assert.That(_problems, Is.Empty);
        Assert.That(seen, Is.GreaterThanOrEqualTo(required), "results seen");
    });
}
