using System.Collections.Concurrent;
using System.Text.Json;
using Hypgcn.CoSimulation;

namespace Hypgcn.Synthesis;

/// <summary>
/// Synthesises a design module by module: every distinct module (with parameters) once, its children as black boxes, so that
/// the results add up. Results are cached by their contents, like simulations.
/// </summary>
public sealed class Synthesizer
{
    private const string ResultFile = "module.json";
    private const int KeptModules = 20000;

    private readonly BuildCache _cache;

    /// <summary>Uses a cache, or the default one.</summary>
    public Synthesizer(BuildCache? cache = null) => _cache = cache ?? BuildCache.Default("yosys", KeptModules);

    /// <summary>Yosys's name in PATH, or its path.</summary>
    public string Yosys { get; init; } = "yosys";

    /// <summary>Wall time for one run of Yosys.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Runs of Yosys at a time.</summary>
    public int Jobs { get; init; } = 2;

    /// <summary>Told how many modules are done, and how many are known so far.</summary>
    public Action<int, int>? OnProgress { get; init; }

    /// <summary>Synthesises a module and everything below it.</summary>
    /// <exception cref="ToolException">Yosys is missing, fails or runs out of time.</exception>
    public async Task<DesignSynthesis> RunAsync(RtlLibrary library, ModuleConfiguration top, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(library);
        var (modules, version) = await AllAsync(library, [top], true, cancellationToken).ConfigureAwait(false);
        return new DesignSynthesis(top, modules, version);
    }

    /// <summary>Synthesises modules.</summary>
    /// <param name="library">The Verilog.</param>
    /// <param name="tops">The modules.</param>
    /// <param name="withChildren">Whether everything below them is synthesised, too.</param>
    /// <param name="cancellationToken">Ends Yosys.</param>
    /// <returns>The modules, and what Yosys says it is.</returns>
    /// <exception cref="ToolException">Yosys is missing, fails or runs out of time.</exception>
    public async Task<(Dictionary<ModuleConfiguration, ModuleSynthesis> Modules, string Version)> AllAsync(
        RtlLibrary library, IEnumerable<ModuleConfiguration> tops, bool withChildren, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(library);
        var yosys = ToolLocator.Require(Yosys);
        var version = (await ToolVersion.ReadAsync(new KnownTool(yosys, "", "", ["-V"], true), cancellationToken).ConfigureAwait(false)).Version ?? "";
        var settings = YosysRun.Flow + version;
        var done = new ConcurrentDictionary<ModuleConfiguration, ModuleSynthesis>();
        var visits = new ConcurrentDictionary<ModuleConfiguration, Lazy<Task>>();
        var results = new ConcurrentDictionary<string, Lazy<Task<ModuleSynthesis>>>(StringComparer.Ordinal);
        using var places = new SemaphoreSlim(Jobs);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await VisitAllAsync(tops).ConfigureAwait(false);
        return (done.ToDictionary(), version);

        Task VisitAllAsync(IEnumerable<ModuleConfiguration> modules) =>
            Task.WhenAll(modules.Distinct().Select(module => visits.GetOrAdd(module, _ => new Lazy<Task>(() => VisitAsync(module))).Value));

        async Task VisitAsync(ModuleConfiguration module)
        {
            // Modules that differ in names alone are one.
            var job = SynthesisJob.Of(library, module, settings + YosysRun.OptionsOf(module));
            var result = await results.GetOrAdd(job.Key, _ => new Lazy<Task<ModuleSynthesis>>(() => ResultAsync(job))).Value.ConfigureAwait(false);
            done[module] = job.Restore(result);
            OnProgress?.Invoke(done.Count, visits.Count);
            if (withChildren)
            {
                await VisitAllAsync(done[module].Children.Select(child => child.Configuration)).ConfigureAwait(false);
            }
        }

        async Task<ModuleSynthesis> ResultAsync(SynthesisJob job)
        {
            await places.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                var path = Path.Combine(_cache.Folder, job.Key, ResultFile);
                return File.Exists(path)
                    ? Parse(await File.ReadAllTextAsync(path, stop.Token).ConfigureAwait(false))
                    : await RunAsync(library, job, yosys, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                places.Release();
            }
        }
    }

    private async Task<ModuleSynthesis> RunAsync(RtlLibrary library, SynthesisJob job, string yosys, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hypgcn-synth-").FullName;
        var result = await new YosysRun(library, yosys, TimeLimit).RunAsync(job.Module, folder, cancellationToken).ConfigureAwait(false);
        await _cache.GetAsync(
            job.Key, ResultFile, place => File.WriteAllTextAsync(Path.Combine(place, ResultFile), JsonSerializer.Serialize(result), cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        // Where Yosys fails, its files stay: the message names the log.
        Directory.Delete(folder, recursive: true);
        return result;
    }

    private static ModuleSynthesis Parse(string text) => JsonSerializer.Deserialize<ModuleSynthesis>(text)!;
}
