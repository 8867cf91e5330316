namespace Hypgcn.Estimation;

/// <summary>Fits the coefficients of the resource model to synthesised modules: least squares of relative errors, none below zero.</summary>
public static class ResourceFit
{
    // Errors of smaller modules count like those of one of this size.
    private const double SmallModule = 60;
    private const int Rounds = 4000;

    /// <summary>The same terms with coefficients that fit.</summary>
    /// <param name="model">Evaluates the terms.</param>
    /// <param name="coefficients">Terms; modules without a sample keep their coefficients.</param>
    /// <param name="samples">What synthesis said.</param>
    /// <param name="source">Tool and family, for the file.</param>
    public static ResourceCoefficients Fit(
        ResourceModel model, ResourceCoefficients coefficients, IReadOnlyList<ResourceSample> samples, string source)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(coefficients);
        var byEntry = samples.ToLookup(sample => model.EntryOf(sample.Module), StringComparer.Ordinal);
        return new ResourceCoefficients(source, coefficients.Modules.ToDictionary(
            entry => entry.Key,
            entry => byEntry.Contains(entry.Key) ? Fit(model, entry.Value, [.. byEntry[entry.Key]]) : entry.Value,
            StringComparer.Ordinal));
    }

    private static ModuleCoefficients Fit(ResourceModel model, ModuleCoefficients module, ResourceSample[] samples) => module with
    {
        Lut = Fit(model, module.Lut, samples, sample => sample.Own.Lut - sample.Own.LutRam),
        Ff = Fit(model, module.Ff, samples, sample => sample.Own.Ff),
    };

    private static ResourceTerm[] Fit(
        ResourceModel model, IReadOnlyList<ResourceTerm> terms, ResourceSample[] samples, Func<ResourceSample, double> measured)
    {
        var rows = samples.Select(sample =>
        {
            var slots = model.Values(sample.Module, sample.Parameters);
            var y = measured(sample);
            var weight = 1 / Math.Max(SmallModule, y);
            return (X: terms.Select(term => weight * ModuleCost.Exact(model.Rtl(sample.Module).Compile(term.Term)(slots))).ToArray(), Y: weight * y);
        }).ToArray();
        var solution = Solve([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Y)], terms.Count);
        return [.. terms.Zip(solution, (term, value) => term with { Coefficient = Math.Round(value, 4) })];
    }

    // Coordinate descent: exact for least squares with coefficients of at least zero.
    private static double[] Solve(double[][] x, double[] y, int count)
    {
        var solution = new double[count];
        var rest = (double[])y.Clone();
        var norms = Enumerable.Range(0, count).Select(n => x.Sum(row => row[n] * row[n])).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var n = 0; n < count; n++)
            {
                if (norms[n] == 0)
                {
                    continue;
                }
                var gradient = 0.0;
                for (var row = 0; row < x.Length; row++)
                {
                    gradient += x[row][n] * rest[row];
                }
                var value = Math.Max(0, solution[n] + (gradient / norms[n]));
                for (var row = 0; row < x.Length; row++)
                {
                    rest[row] -= (value - solution[n]) * x[row][n];
                }
                solution[n] = value;
            }
        }
        return solution;
    }
}
