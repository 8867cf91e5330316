namespace Hypgcn.Tests.Formal;

/// <summary>Under its rule a mini-bank never overflows.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class RfcMiniBankProofTests
{
    [TestCase(2, 4, 2, 3)]
    [TestCase(1, 2, 2, 2)]
    [TestCase(2, 2, 1, 3)]
    [TestCase(3, 3, 3, 2)]
    [TestCase(5, 4, 2, 3)]
    public void MiniBank_UnderItsRule_NeverOverflows(int words, int depth, int frameBanks, int window)
    {
        using FormalProof proof = Proof(words, depth, frameBanks, window);
        proof.HoldsForever(3);
    }

    [Test]
    public void MiniBank_OneBankDeeperThanTheRule_Overflows()
    {
        using FormalProof proof = Proof(words: 2, depth: 3, frameBanks: 2, window: 2);
        proof.Fails(14);
    }

    [TestCase("assign room_o = room_q;", "assign room_o = 1'b1;", TestName = "MiniBank_AlwaysWithRoom_IsFound")]
    [TestCase("write_i ? stay_more : stay;", "stay;", TestName = "MiniBank_ForgettingToCount_IsFound")]
    [TestCase(": write_i ? frame_more : frame_q[0]", ": frame_q[0]", TestName = "MiniBank_ForgettingTheLastBankOfAFrame_IsFound")]
    public void MiniBank_Broken_IsFound(string text, string replacement)
    {
        using FormalProof proof = Proof(2, 4, 2, 3).Broken("rfc_mini_bank", text, replacement);
        proof.Fails(14);
    }

    private static FormalProof Proof(int words, int depth, int frameBanks, int window) =>
        new FormalProof("rfc_mini_bank", "rfc_mini_bank", "memory_sdp")
            .With(("WORDS", words), ("DEPTH", depth), ("FRAME_BANKS", frameBanks), ("WINDOW", window));
}
