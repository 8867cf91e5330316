namespace Hypgcn.Tests.Formal;

/// <summary>Decoding gives what was encoded, for every 16 values.</summary>
[TestFixture]
[Category("CoSim")]
internal sealed class RfcEncoderProofTests
{
    [TestCase(1, 4)]
    [TestCase(2, 4)]
    [TestCase(4, 16)]
    [TestCase(8, 4)]
    [TestCase(16, 2)]
    public void Encoder_AnyBank_IsDecodedToItself(int width, int bits)
    {
        using FormalProof proof = Proof(width, bits);
        proof.HoldsForever(4);
    }

    [TestCase("fill_q <= last_q ? 5'd0 : fill_q + count_q;", "fill_q <= last_q ? 5'd0 : fill_q + 5'd1;", TestName = "Encoder_CountingChunksInsteadOfNonZeros_IsFound")]
    [TestCase("fill_q <= last_q ? 5'd0 : fill_q + count_q;", "fill_q <= fill_q + count_q;", TestName = "Encoder_NotStartingAgain_IsFound")]
    [TestCase("values_i[i*BITS +: BITS] != {BITS{1'b0}}", "values_i[i*BITS +: BITS-1] != {(BITS-1){1'b0}}", TestName = "Encoder_ForgettingTheSign_IsFound")]
    [TestCase("bank_valid_o <= valid_q && last_q;", "bank_valid_o <= valid_q;", TestName = "Encoder_AnnouncingIncompleteBanks_IsFound")]
    public void Encoder_Broken_IsFound(string text, string replacement)
    {
        using FormalProof proof = Proof(8, 4).Broken("rfc_encoder", text, replacement);
        proof.Fails(10);
    }

    private static FormalProof Proof(int width, int bits) =>
        new FormalProof("rfc_encoder", "rfc_encoder").With(("WIDTH", width), ("BITS", bits)).OnGates();
}
