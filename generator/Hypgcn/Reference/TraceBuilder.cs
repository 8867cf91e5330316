namespace Hypgcn.Reference;

/// <summary>Collects the boundaries of a clip while it is evaluated.</summary>
internal sealed class TraceBuilder(int blocks)
{
    private readonly List<short[]> _features = [];
    private readonly List<short[]> _middle = [];
    private readonly Dictionary<(int Block, RfcReader Reader), short[]> _seen = [];

    public void AddFeatures(short[] values) => _features.Add(values);

    public void AddMiddle(short[] values) => _middle.Add(values);

    public void AddSeen(int block, RfcReader reader, short[] values) => _seen[(block, reader)] = values;

    public ClipTrace Build(long[] logits, IReadOnlyList<long> droppedWords) => new()
    {
        Features = _features,
        Middle = _middle,
        Logits = logits,
        DroppedWords = droppedWords,
        Readers = _seen.Count == 0 ? [] : [.. Enumerable.Range(0, blocks).Select(block => new BlockReaders(
            Seen(block, RfcReader.Spatial), Seen(block, RfcReader.Middle), Seen(block, RfcReader.Residual)))],
    };

    private short[]? Seen(int block, RfcReader reader) => _seen.GetValueOrDefault((block, reader));
}
