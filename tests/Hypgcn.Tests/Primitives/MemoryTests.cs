using System.Numerics;

namespace Hypgcn.Tests.Primitives;

/// <summary>memory_sdp, memory_rom and ring_bank.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class MemoryTests
{
    private static int AddressBits(int depth) => depth > 1 ? BitOperations.Log2((uint)(depth - 1)) + 1 : 1;

    [Test]
    public void SimpleDualPort_Read_FollowsAfterOneCycleAndStays([Values(1, 8, 70)] int width, [Values(1, 2, 5, 64)] int depth)
    {
        var random = new Random(width + depth);
        int addressBits = AddressBits(depth);
        BigInteger[] stimulus = [.. Enumerable.Range(0, 600).Select(_ =>
        {
            int write = random.Next(depth);
            int read = random.Next(depth);
            // A read of the word being written is nothing that a block RAM defines.
            int isWrite = random.Next(2);
            int isRead = isWrite != 0 && write == read ? 0 : random.Next(2);
            return Bits.Pack((Bits.RandomWord(random, width), width), (write, addressBits), (read, addressBits), (isWrite, 1), (isRead, 1));
        })];
        using VerilogBench bench = new VerilogBench("memory_sdp").With(("WIDTH", width), ("DEPTH", depth))
            .WithMemory("stimulus.mem", stimulus);
        BenchLog log = bench.Run(stimulus.Length, "write", "write_address", "write_data", "read", "read_address", "read_data");
        var checker = new Checker(log);
        var memory = new BigInteger?[depth];
        BigInteger? expected = null;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (expected is BigInteger value)
            {
                checker.Value(cycle, "read_data", value);
                seen++;
            }

            if (log.Bit(cycle, "read"))
                expected = memory[(int)log.Value(cycle, "read_address")];
            if (log.Bit(cycle, "write"))
                memory[(int)log.Value(cycle, "write_address")] = log.Value(cycle, "write_data");
        }

        checker.Finish(seen, required: 200);
    }

    [Test]
    public void Rom_Read_FollowsAfterOneCycleOrAtOnce(
        [Values(1, 16, 65)] int width, [Values(1, 3, 64)] int depth, [Values] bool isRegistered)
    {
        var random = new Random(width + depth);
        int addressBits = AddressBits(depth);
        BigInteger[] words = [.. Enumerable.Range(0, depth).Select(_ => Bits.RandomWord(random, width))];
        BigInteger[] stimulus = [.. Enumerable.Range(0, 300).Select(_ => Bits.Pack((random.Next(depth), addressBits), (random.Next(2), 1)))];
        using VerilogBench bench = new VerilogBench("memory_rom")
            .With(("WIDTH", width), ("DEPTH", depth), ("REGISTERED", isRegistered ? 1 : 0))
            .WithMemory("rom.mem", words).WithMemory("stimulus.mem", stimulus);
        BenchLog log = bench.Run(stimulus.Length, "read", "address", "data");
        var checker = new Checker(log);
        BigInteger? expected = null;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            BigInteger addressed = words[(int)log.Value(cycle, "address")];
            if ((isRegistered ? expected : addressed) is BigInteger value)
            {
                checker.Value(cycle, "data", value);
                seen++;
            }

            if (log.Bit(cycle, "read"))
                expected = addressed;
        }

        checker.Finish(seen, required: 250);
    }

    [Test]
    public void Ring_Operations_AddReloadOrBypass([Values(1, 3, 40)] int bits, [Values(1, 2, 7, 100)] int depth)
    {
        var random = new Random(bits + depth);
        BigInteger[] stimulus = RingStimulus(bits, depth, random);
        using VerilogBench bench = new VerilogBench("ring_bank").With(("DEPTH", depth), ("BITS", bits))
            .WithMemory("stimulus.mem", stimulus);
        BenchLog log = bench.Run(stimulus.Length, "operate", "reload", "bypass", "address", "add", "reload_value", "read");
        var checker = new Checker(log);
        var memory = new BigInteger?[depth];
        BigInteger? expected = null;
        int seen = 0;
        for (int cycle = 0; cycle < log.Cycles; cycle++)
        {
            if (expected is BigInteger value)
            {
                checker.Value(cycle, "read", value);
                seen++;
            }

            if (!log.Bit(cycle, "operate"))
                continue;
            int address = (int)log.Value(cycle, "address");
            if (log.Bit(cycle, "bypass"))
            {
                expected = log.Value(cycle, log.Bit(cycle, "reload") ? "reload_value" : "add");
                continue;
            }

            expected = memory[address];
            memory[address] = log.Bit(cycle, "reload")
                ? log.Value(cycle, "reload_value")
                : memory[address] is BigInteger old ? Bits.Wrap(old + log.Value(cycle, "add"), bits) : null;
        }

        checker.Finish(seen, required: 200);
    }

    private static BigInteger[] RingStimulus(int bits, int depth, Random random)
    {
        List<BigInteger> words = [];
        int last = -1;
        for (int cycle = 0; cycle < 800; cycle++)
        {
            // Every word is loaded first; then the address of the cycle before is left alone.
            int address = cycle < 2 * depth ? cycle / 2 : random.Next(depth);
            bool isOperation = cycle < 2 * depth ? cycle % 2 == 0 : random.Next(4) > 0 && address != last;
            bool isReload = cycle < 2 * depth || random.Next(6) == 0;
            bool isBypass = cycle >= 2 * depth && random.Next(5) == 0;
            words.Add(Bits.Pack(
                (isBypass ? 1 : 0, 1), (Bits.RandomWord(random, bits), bits), (Bits.RandomWord(random, bits), bits),
                (address, AddressBits(depth)), (isReload ? 1 : 0, 1), (isOperation ? 1 : 0, 1)));
            last = isOperation ? address : -1;
        }

        return [.. words];
    }
}
