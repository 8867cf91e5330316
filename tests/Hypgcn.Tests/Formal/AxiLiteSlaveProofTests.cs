namespace Hypgcn.Tests.Formal;

/// <summary>Every request is answered once, in bounded time, with the data of its address.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class AxiLiteSlaveProofTests
{
    [Test]
    public void Slave_AnyTraffic_AnswersEveryRequestOnce()
    {
        using FormalProof proof = Proof();
        proof.HoldsForever(3);
    }

    [TestCase("aw_held_q && w_held_q && !b_valid_q", "aw_held_q && w_held_q", TestName = "Slave_WritingBeforeTheLastAnswerIsTaken_IsFound")]
    [TestCase("else if (b_ready_i) b_valid_q <= 1'b0;", "else b_valid_q <= 1'b0;", TestName = "Slave_AnswerThatDoesNotStay_IsFound")]
    [TestCase("if (write_o) w_held_q <= 1'b0;", "if (b_valid_q) w_held_q <= 1'b0;", TestName = "Slave_WritingTwice_IsFound")]
    [TestCase("!read_q && !read_q2 && !read_q3 && !r_valid_q", "!read_q && !read_q2 && !r_valid_q", TestName = "Slave_AcceptingAReadTooSoon_IsFound")]
    [TestCase("if (read_q3) r_data_q", "if (read_q2) r_data_q", TestName = "Slave_DataOfAnotherCycle_IsFound")]
    public void Slave_Broken_IsFound(string text, string replacement)
    {
        using FormalProof proof = Proof().Broken("axi_lite_slave", text, replacement);
        proof.Fails(10);
    }

    private static FormalProof Proof() => new("axi_lite_slave", "axi_lite_slave");
}
