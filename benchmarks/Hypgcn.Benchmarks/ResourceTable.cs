using System.Globalization;
using Hypgcn.Estimation;
using Hypgcn.Fuzzing;
using Hypgcn.Synthesis;

namespace Hypgcn.Benchmarks;

/// <summary>
/// Fits the resource model: <c>resources SWEEP COEFFICIENTS [DESIGN ...]</c>. Synthesises the modules of the sweep and every
/// distinct module of the designs, and writes the file of coefficients with the terms that it has. A design is a folder, or
/// <c>3001-3020</c>: the random designs of these seeds with small bounds.
/// </summary>
internal static class ResourceTable
{
    internal static async Task<int> RunAsync(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine("arguments: resources SWEEP COEFFICIENTS [DESIGN | FIRST_SEED-LAST_SEED ...]");
            return 2;
        }
        var path = args[1];
        var coefficients = ResourceCoefficients.Read(path);
        var synthesizer = new Synthesizer { OnProgress = (done, known) => Console.Error.WriteLine($"{done} of {known}") };
        var folder = Directory.CreateTempSubdirectory("hypgcn-sweep-").FullName;
        var sweep = ResourceSweep.Read(args[0], folder);
        var samples = new Dictionary<string, ResourceSample>(StringComparer.Ordinal);
        var (modules, version) = await synthesizer.AllAsync(sweep.Library, sweep.Modules, false, CancellationToken.None);
        Add(samples, ResourceModel.Of(sweep.Library), modules, "");
        foreach (var design in args[2..].SelectMany(text => Designs(text, folder)))
        {
            var library = RtlLibrary.Read(design);
            var found = await synthesizer.AllAsync(library, [ModuleConfiguration.Of(library.Top, [])], true, CancellationToken.None);
            Add(samples, ResourceModel.Of(library), found.Modules, design);
        }
        var model = ResourceModel.Of(sweep.Library);
        var known = samples.Values.Where(sample => model.Modules.Contains(sample.Module)).ToList();
        coefficients = ResourceFit.Fit(model, coefficients, known, $"{version}, family xc7 with DSP48E2 multipliers");
        File.WriteAllText(path, coefficients.ToJson());
        Print(new ResourceModel([.. sweep.Library.Modules.Select(sweep.Library.Text)], coefficients), known);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static IEnumerable<string> Designs(string text, string folder)
    {
        int[] seeds = [.. text.Split('-').Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var seed) ? seed : -1)];
        if (seeds is not [>= 0, >= 0])
        {
            return [text];
        }
        return Enumerable.Range(seeds[0], seeds[1] - seeds[0] + 1).Select(seed =>
        {
            var design = Path.Combine(folder, $"design_{seed}");
            FuzzDraw.Draw(seed, FuzzBounds.Small).Write(design);
            return design;
        });
    }

    // What is not exact where it must be, and what is far off.
    private static void Print(ResourceModel model, List<ResourceSample> samples)
    {
        foreach (var sample in samples)
        {
            var (own, estimate) = (sample.Own, model.Own(sample.Module, sample.Parameters));
            var parameters = string.Join(' ', sample.Parameters.Where(entry => !entry.Key.EndsWith("FILE", StringComparison.Ordinal)).Select(entry => $"{entry.Key}={entry.Value}"));
            if ((own.Dsp, own.Bram18, own.LutRam) != (estimate.Dsp, estimate.Bram18, estimate.LutRam))
            {
                Console.WriteLine($"not exact: {own} by synthesis, {estimate} by the model: {sample.Module} {parameters}");
            }
            if (IsFar(own.Lut, estimate.Lut) || IsFar(own.Ff, estimate.Ff))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"LUT {own.Lut} / {estimate.Lut:0}, FF {own.Ff} / {estimate.Ff:0}: {sample.Module} {parameters}"));
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{samples.Count} modules"));
    }

    private static bool IsFar(double own, double estimate) => own > 200 && Math.Abs(estimate - own) > 0.15 * own;

    private static void Add(
        Dictionary<string, ResourceSample> samples, ResourceModel model, Dictionary<ModuleConfiguration, ModuleSynthesis> modules, string design)
    {
        foreach (var (module, synthesis) in modules)
        {
            // Only read-only memories differ between designs with equal parameters.
            samples[module.Name == "memory_rom" ? $"{design} {module.Text}" : module.Text] =
                new ResourceSample(module.Name, model.ParametersOf(module), synthesis.Own);
        }
    }
}
