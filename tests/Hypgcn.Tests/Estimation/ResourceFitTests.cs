using Hypgcn.Estimation;
using Hypgcn.Hardware;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Estimation;

[TestFixture]
internal sealed class ResourceFitTests
{
    private const string Verilog = "module unit #(parameter A = 1, parameter B = 1) (input wire clk_i); localparam C = A*B; endmodule";

    [Test]
    public void Read_Null_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("table.json"), "null");
        Assert.That(() => ResourceCoefficients.Read(folder.File("table.json")), Throws.TypeOf<HypgcnException>().With.Message.EqualTo(
            $"{folder.File("table.json")}: null; a table of coefficients is expected. Restore the file."));
    }

    [Test]
    public void Fit_ExactData_FindsTheCoefficients()
    {
        var terms = new ModuleCoefficients("0", "0", "0", [new("C", 1), new("B", 1), new("A", 1)], [new("1", 1), new("A", 1)]);
        var coefficients = new ResourceCoefficients("", new Dictionary<string, ModuleCoefficients> { ["unit"] = terms });
        var model = new ResourceModel([Verilog], coefficients);
        ResourceSample[] samples =
        [
            .. from a in new[] { 1, 3, 10, 40 }
               from b in new[] { 2, 5, 30 }
               select new ResourceSample("unit", new Dictionary<string, long> { ["A"] = a, ["B"] = b }, new Resources(0, 0, (2.5 * a * b) + (4 * b), 10 + a, 0)),
        ];
        var fitted = ResourceFit.Fit(model, coefficients, samples, "test").Modules["unit"];
        Assert.Multiple(() =>
        {
            Assert.That(fitted.Lut.Select(term => term.Coefficient), Is.EqualTo(new[] { 2.5, 4, 0 }).Within(0.01));
            Assert.That(fitted.Ff.Select(term => term.Coefficient), Is.EqualTo(new[] { 10, 1.0 }).Within(0.01));
        });
    }
}
