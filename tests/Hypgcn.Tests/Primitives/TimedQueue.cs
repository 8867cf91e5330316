namespace Hypgcn.Tests.Primitives;

/// <summary>A stream of items, each of which may be seen from a cycle on, one after the other.</summary>
internal sealed class TimedQueue<T>
{
    private readonly Queue<(int From, T Item)> _items = new();

    internal int Count => _items.Count;

    internal void Add(int from, T item) => _items.Enqueue((from, item));

    internal bool IsValid(int cycle) => _items.Count > 0 && _items.Peek().From <= cycle;

    internal T Front => _items.Peek().Item;

    internal T Pop() => _items.Dequeue().Item;

    internal void Clear() => _items.Clear();
}
