using Hypgcn.CoSimulation;
using Hypgcn.Estimation;
using Hypgcn.Fuzzing;
using Hypgcn.Hardware;
using Hypgcn.Synthesis;
using Hypgcn.Tests.Architecture;
using Hypgcn.Tests.CoSimulation;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Synthesis;

/// <summary>How far the model may be from synthesis, on the demo and on 20 random designs.</summary>
[TestFixture]
[Category("CoSim")]
[Category("Slow")]
internal sealed class ResourceBarsTests
{
    private const double TotalTolerance = 0.10;
    private const double ModuleTolerance = 0.20;
    private const int LargeModule = 200; // LUTs

    private static IEnumerable<int> Seeds => Enumerable.Range(3001, 20);

    [Test]
    public Task Model_Demo_AgreesWithSynthesis() => CheckAsync(Path.Combine(Repository.Root, "rtl-out", "demo"));

    [TestCaseSource(nameof(Seeds))]
    public async Task Model_RandomDesign_AgreesWithSynthesis(int seed)
    {
        using var folder = new TemporaryFolder();
        FuzzDraw.Draw(seed, FuzzBounds.Small).Write(folder.File("design"));
        await CheckAsync(folder.File("design"));
    }

    private static async Task CheckAsync(string folder)
    {
        RequiredTools.Check("yosys");
        var library = RtlLibrary.Read(folder);
        var model = ResourceModel.Of(library);
        var design = await new Synthesizer().RunAsync(library, ModuleConfiguration.Of(library.Top, []), CancellationToken.None);
        var estimate = default(Resources);
        Assert.Multiple(() =>
        {
            foreach (var module in design.Modules)
            {
                var (own, expected) = (design[module].Own, model.Own(module.Name, model.ParametersOf(module)));
                estimate += design.Instances(module) * expected;
                Assert.That((expected.Dsp, expected.Bram18), Is.EqualTo((own.Dsp, own.Bram18)), module.Text);
                if (own.Lut > LargeModule)
                {
                    Assert.That(expected.Lut, Is.EqualTo(own.Lut).Within(100 * ModuleTolerance).Percent, $"LUT of {module}");
                    Assert.That(expected.Ff, Is.EqualTo(own.Ff).Within(100 * ModuleTolerance).Percent, $"FF of {module}");
                }
            }
            Assert.That(estimate.Lut, Is.EqualTo(design.Total.Lut).Within(100 * TotalTolerance).Percent, "LUT");
            Assert.That(estimate.Ff, Is.EqualTo(design.Total.Ff).Within(100 * TotalTolerance).Percent, "FF");
        });
    }
}
