namespace Hypgcn.Tests.Formal;

/// <summary>Every bank leaves once, in order, less what the rule for full mini-banks cuts off.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class RfcFifoProofTests
{
    [Test]
    public void Fifo_AnyTraffic_KeepsEveryBankInOrder()
    {
        using FormalProof proof = Proof();
        proof.HoldsForever(2);
    }

    [TestCase("in_ready_o <= count_q != LAST[COUNT_BITS-1:0]", "in_ready_o <= 1'b1", Category = "Slow", TestName = "RfcFifo_TakingBanksWhenFull_IsFound")]
    [TestCase("else if (out_ready_i) out_valid_o <= 1'b0;", "else out_valid_o <= 1'b0;", TestName = "RfcFifo_BankThatDoesNotStay_IsFound")]
    [TestCase("(count_q != {COUNT_BITS{1'b0}}) && (!head_valid_q || head_pop)", "(count_q != {COUNT_BITS{1'b0}})", Category = "Slow", TestName = "RfcFifo_OverwritingTheHead_IsFound")]
    public void RfcFifo_Broken_IsFound(string text, string replacement)
    {
        using FormalProof proof = Proof().Broken("rfc_fifo", text, replacement);
        proof.Fails(10);
    }

    // Three sizes of mini-banks in one: lossless, two words, one word. The invariants are written for these sizes.
    private static FormalProof Proof() => new FormalProof("rfc_fifo", "rfc_fifo", "rfc_words", "rfc_mini_bank", "memory_sdp")
        .With(("BITS", 1), ("DEPTH", 2), ("FRAME_BANKS", 1), ("WINDOW", 3), ("WORDS0", 3), ("WORDS1", 2), ("WORDS2", 1), ("WORDS3", 1))
        .OnGates();
}
