namespace Hypgcn.Tests.Formal;

/// <summary>Every word leaves once, in order, and stays on the output until it is taken. DEPTH 1 is a stream register.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class StreamFifoProofTests
{
    [Test]
    public void Fifo_AnyTraffic_KeepsEveryWordInOrder([Values(1, 2, 3, 4, 5)] int depth)
    {
        using FormalProof proof = Proof(depth);
        proof.HoldsForever(3);
    }

    [TestCase("in_ready_o = count_q != DEPTH[COUNT_BITS-1:0]", "in_ready_o = 1'b1", TestName = "Fifo_TakingWordsWhenFull_IsFound")]
    [TestCase("if (push != pop) count_q", "if (push || pop) count_q", TestName = "Fifo_CountingWithoutPops_IsFound")]
    [TestCase("read_q == LAST[POINTER_BITS-1:0]", "read_q == 0", TestName = "Fifo_WrappingTooSoon_IsFound")]
    [TestCase("if (pop) read_q", "if (out_ready_i) read_q", TestName = "Fifo_ReadingWhenEmpty_IsFound")]
    [TestCase("out_data_o = mem[read_q]", "out_data_o = in_valid_i ? in_data_i : mem[read_q]", TestName = "Fifo_DataThatDoNotStay_IsFound")]
    public void Fifo_Broken_IsFound(string text, string replacement)
    {
        using FormalProof proof = Proof(3).Broken("stream_fifo", text, replacement);
        proof.Fails(10);
    }

    private static FormalProof Proof(int depth) => new FormalProof("stream_fifo", "stream_fifo").With(("WIDTH", 2), ("DEPTH", depth));
}
