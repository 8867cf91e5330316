namespace Hypgcn.Tests.Fuzzing;

[TestFixture]
internal sealed class FuzzRunTests
{
    [Test]
    public async Task Run_SomeFail_CountsAndOrdersThem()
    {
        FuzzResult result = await new FuzzRun((design, _) => Task.FromResult(Outcome(design)))
        {
            Jobs = 3,
        }.RunAsync(10, 9, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(result.Designs, Is.EqualTo(9));
            Assert.That(result.Failures.Select(failure => failure.Case.Seed), Is.EqualTo(new[] { 12, 15, 18 }));
            Assert.That(result.Kinds["persons 1"] + result.Kinds["persons 2"], Is.EqualTo(9));
            Assert.That(result.Cycles, Is.EqualTo(90));
        });
    }

    [TestCase("%Warning-WIDTH: rtl/a.v:12:3: one", "%Warning-WIDTH: rtl/a.v:12:9: other", true)]
    [TestCase("%Warning-WIDTH: rtl/a.v:12:3: one", "%Warning-WIDTH: rtl/b.v:12:3: one", false)]
    [TestCase("KeyException: one", "ValueException: one", false)]
    [TestCase("block1.z: clip 0", "block2.x: clip 1", true)]
    public void IsLike_OfTheSameKind_ComparesThePlace(string one, string other, bool expected) => Assert.That(
        new FuzzFailure(FuzzFailureKind.Lint, one).IsLike(new FuzzFailure(FuzzFailureKind.Lint, other)), Is.EqualTo(expected));

    private static FuzzOutcome Outcome(FuzzDesign design) => new()
    {
        Case = design.Case,
        Kinds = FuzzKinds.Of(design),
        Cycles = 10,
        Failure = design.Case.Seed % 3 == 0 ? new FuzzFailure(FuzzFailureKind.Value, "made up") : null,
    };
}
