using Hypgcn.Models;
using Hypgcn.Quantization;
using Hypgcn.Reference;

namespace Hypgcn.Tests.Reference;

[TestFixture]
[NonParallelizable]
[Platform("Linux")]
public sealed unsafe class KernelMemoryTests
{
    private GuardedMemory _guarded = null!;

    [SetUp]
    public void Guard() => KernelMemory.Current = _guarded = new GuardedMemory();

    [TearDown]
    public void Unguard()
    {
        KernelMemory.Current = new KernelMemory();
        _guarded.Dispose();
    }

    [Test]
    public void Run_OddShapesBetweenGuardPages_EqualsScalarModel() => Compare(0, 12);

    [Test]
    [Category("Slow")]
    public void Run_ManyOddShapesBetweenGuardPagesUnderCollections_EqualsScalarModel()
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                // Garbage of both heaps, so that a background collection has something to find.
                GC.KeepAlive(new double[100 + n % 50 * 1000]);
                GC.Collect(n % 3, n % 2 == 0 ? GCCollectionMode.Forced : GCCollectionMode.Optimized, blocking: n % 4 == 0, compacting: n % 8 == 0);
                GC.WaitForPendingFinalizers();
                Thread.Yield();
            }
        });
        collector.Start();
        try
        {
            var models = int.TryParse(Environment.GetEnvironmentVariable("HYPGCN_STRESS_MODELS"), out var wanted) ? wanted : 60;
            Compare(1000, models);
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
        TestContext.Out.WriteLine($"{_guarded.Allocated} blocks, {GC.CollectionCount(2)} full collections, {GC.GetGCMemoryInfo(GCKind.Background).Index} the last in the background");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Multiply_ExactRoomBetweenGuardPages_StaysInside(int groups)
    {
        var random = new Random(groups);
        for (var pairs = 1; pairs < 40; pairs += 3)
        {
            var offsets = Enumerable.Range(0, pairs).Select(n => 2 * n).ToArray();
            var weights = Noise(random, pairs * groups * 32);
            var row = Noise(random, 2 * pairs);
            for (var turn = 0; turn < 2; turn++)
            {
                // The odd block between flips which side of every block is guarded.
                _guarded.Allocate(2);
                var (o, e, w, x) = (Place(offsets), Place(new[] { pairs / 2, pairs }), Place(weights), Place(row));
                var sums = Place(new long[4 * groups * 16]);
                TileKernel.Multiply(x.Start, x.Start, x.Start, x.Start, o.Start, e.Start, 2, w.Start, groups, sums.Start);
                for (var n = 0; n < 4 * groups * 16; n++)
                {
                    var output = n % (groups * 16);
                    var expected = Enumerable.Range(0, 2 * pairs)
                        .Sum(j => (long)row[j] * weights[(j / 2 * groups * 16 + output) * 2 + j % 2]);
                    Assert.That(sums.Start[n], Is.EqualTo(expected), $"{pairs} pairs, sum {n}");
                }
            }
        }
    }

    /// <summary>Values below 2^11, whose sums of 80 products fit 32 bits.</summary>
    private static short[] Noise(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-2048, 2048))];

    private Block<T> Place<T>(T[] values) where T : unmanaged
    {
        var start = (T*)_guarded.Allocate((nuint)(values.Length * sizeof(T)));
        values.CopyTo(new Span<T>(start, values.Length));
        return new Block<T> { Start = start };
    }

    private void Compare(int firstSeed, int models)
    {
        Parallel.For(firstSeed, firstSeed + models, seed =>
        {
            var random = new Random(seed);
            var (frames, persons, bits) = (random.Next(1, 21), random.Next(1, 3), random.Next(2) == 0 ? 8 : 16);
            var network = RandomNetwork(random, seed);
            var model = network.Quantize(frames, persons, new QuantizerOptions { FeatureBits = bits });
            var input = ClipQuantizer.Quantize(model, network.Clip(frames, persons, seed + 1));
            var expected = new ScalarIntegerNetwork(model).Run(input);
            // Nothing but the call itself holds the network: its weights must outlive its kernels all the same.
            Assert.That(new IntegerNetwork(model).Logits(input), Is.EqualTo(expected.Logits), $"{network}");
            var actual = new IntegerNetwork(model).Run(input);
            Assert.That(actual.Features.Concat(actual.Middle).SelectMany(f => f)
                .SequenceEqual(expected.Features.Concat(expected.Middle).SelectMany(f => f)), $"{network}");
        });
        Assert.That(_guarded.Live, Is.Zero, "blocks left");
    }

    private static SmallNetwork RandomNetwork(Random random, int seed) => new()
    {
        Seed = seed,
        Joints = random.Next(4, 27),
        Subsets = random.Next(1, 4),
        InputChannels = random.Next(1, 6),
        Kernel = 2 * random.Next(0, 5) + 1,
        Gain = random.Next(4) == 0 ? 8 : 1,
        Blocks = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
            (random.Next(1, 71), random.Next(1, 4), (ResidualKind)random.Next(3)))],
    };

    private readonly struct Block<T> where T : unmanaged
    {
        public required T* Start { get; init; }
    }
}
