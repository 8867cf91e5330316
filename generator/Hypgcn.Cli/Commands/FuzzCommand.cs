using System.CommandLine;
using Hypgcn.CoSimulation;
using Hypgcn.Fuzzing;

namespace Hypgcn.Cli.Commands;

/// <summary><c>hypgcn fuzz</c>: random networks on random hardware, each generated, linted, co-simulated and compared.</summary>
internal sealed class FuzzCommand : CliCommand
{
    private const int LargestSeed = 1_000_000_000;

    private readonly Option<int> _count = new("--count") { Description = "Number of designs.", DefaultValueFactory = _ => 100 };

    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the first design; the others follow.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "Designs at a time. Default: one per processor.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<string?> _work = new("--work")
    {
        Description = "Folder that keeps the designs that fail. Default: a temporary one.",
    };

    private readonly Option<string?> _regressions = new("--regressions")
    {
        Description = "Folder for the shrunk cases of designs that fail. Default: the folder of --work.",
    };

    private readonly Option<string?> _replay = new("--replay") { Description = "Check the case in this file instead of random ones." };

    protected override string Name => "fuzz";

    protected override string Description =>
        "Generates, lints and co-simulates random networks on random hardware; shrinks what fails and keeps it as a case.";

    protected override void Define(Command command)
    {
        foreach (Option option in new Option[] { _count, _seed, _jobs, _work, _regressions, _replay })
        {
            command.Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        int count = InRange("--count", parsed.GetValue(_count), 1, 1_000_000);
        int seed = InRange("--seed", parsed.GetValue(_seed), 0, LargestSeed);
        int jobs = InRange("--jobs", parsed.GetValue(_jobs), 1, 1024);
        FuzzCase? replay = parsed.GetValue(_replay) is string file ? FuzzCase.Read(file) : null;
        RequireTools();
        string work = Work(parsed.GetValue(_work));
        var checker = new FuzzChecker(Toolchain(work), Path.Combine(work, "designs"));
        if (replay is not null)
        {
            FuzzOutcome outcome = await context.Progress.RunAsync("co-simulating the case", _ => checker.CheckAsync(replay, cancellationToken));
            return Report(context, new FuzzText(FuzzRun.Summarise([outcome], 0), [], work));
        }

        FuzzResult result = await context.Progress.RunAsync("fuzzing", progress => new FuzzRun(checker.CheckAsync) { Jobs = jobs }
            .RunAsync(seed, count, new RunProgress(progress, count), cancellationToken));
        var kept = new List<string>();
        foreach ((int n, FuzzOutcome failure) in result.Failures.Index())
        {
            // Shrinking takes minutes: once for what is likely to be one fault.
            bool isNew = !result.Failures.Take(n).Any(other => failure.Failure!.IsLike(other.Failure));
            FuzzCase small = isNew ? await ShrinkAsync(context, checker, failure, cancellationToken) : failure.Case;
            string path = Path.Combine(parsed.GetValue(_regressions) ?? work, FormattableString.Invariant($"seed_{failure.Case.Seed}.json"));
            small.Write(path);
            kept.Add(path);
        }

        return Report(context, new FuzzText(result, kept, work));
    }

    /// <summary>Shrinks a failure to a small case of the same kind.</summary>
    private static Task<FuzzCase> ShrinkAsync(
        CommandContext context, FuzzChecker checker, FuzzOutcome failure, CancellationToken cancellationToken) =>
        context.Progress.RunAsync($"shrinking seed {failure.Case.Seed}", progress =>
        {
            var shrinker = new FuzzShrinker(async (fuzz, token) =>
                failure.Failure!.IsLike((await checker.CheckAsync(fuzz, token)).Failure));
            return shrinker.ShrinkAsync(failure.Case, new ShrinkProgress(progress), cancellationToken);
        });

    private static ExitCode Report(CommandContext context, FuzzText text)
    {
        context.Print(text.ToJson(), text.Write);
        return text.Result.Failures.Count == 0 ? ExitCode.Success : ExitCode.CheckFailed;
    }

    /// <summary>A tool that is missing is no fault of a design.</summary>
    private static void RequireTools()
    {
        foreach (string tool in new[] { "verilator", "make" })
        {
            ToolLocator.Require(tool);
        }
    }

    private static string Work(string? folder)
    {
        try
        {
            return folder is null ? Directory.CreateTempSubdirectory("hypgcn-fuzz-").FullName : Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new HypgcnException($"--work: {folder} cannot be made ({problem.Message.TrimEnd('.')}); it must be a folder that can be written. Choose another.", problem);
        }
    }

    // A cache of its own: thousands of small designs would push all others out of the common one.
    private static VerilatorToolchain Toolchain(string work) =>
        new(new BuildCache(Path.Combine(work, "cache"))) { Effort = SimulationEffort.Quick, TimeLimit = TimeSpan.FromMinutes(10) };

    private static int InRange(string option, int value, int smallest, int largest) => value >= smallest && value <= largest
        ? value
        : throw new HypgcnException(FormattableString.Invariant(
            $"{option}: {value} is out of range; it lies in {smallest}..{largest}. Give a number in that range."));

    private sealed class RunProgress(IProgress<StepProgress> target, int count) : IProgress<FuzzProgress>
    {
        public void Report(FuzzProgress value) => target.Report(
            new StepProgress((double)value.Done / count, $"{value.Done} of {count} designs, {value.Failed} failed, {value.Detail}"));
    }

    private sealed class ShrinkProgress(IProgress<StepProgress> target) : IProgress<int>
    {
        public void Report(int value) => target.Report(new StepProgress(null, $"{value} cases tried"));
    }
}
