using System.Globalization;
using Spectre.Console;

namespace Hypgcn.Cli;

/// <summary>
/// Progress on standard error: a live bar on a terminal; elsewhere a plain line when work takes over two seconds, and
/// further ones at growing distance.
/// </summary>
public sealed class ConsoleProgress(TextWriter error, bool isInteractive)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Runs work and shows how far it is.</summary>
    /// <param name="title">What the work is: <c>building the simulation</c>.</param>
    /// <param name="work">Reports through its argument, from any thread.</param>
    public Task<T> RunAsync<T>(string title, Func<IProgress<StepProgress>, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return isInteractive ? RunLiveAsync(title, work) : RunPlainAsync(title, work);
    }

    private async Task<T> RunPlainAsync<T>(string title, Func<IProgress<StepProgress>, Task<T>> work)
    {
        var latest = new Latest();
        await using var timer = new Timer(_ => error.WriteLine(Line(title, latest.Value)), null, Patience, Interval);
        return await work(latest).ConfigureAwait(false);
    }

    private async Task<T> RunLiveAsync<T>(string title, Func<IProgress<StepProgress>, Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return await console.Progress()
            .AutoClear(enabled: true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
                task.IsIndeterminate = true;
                return work(new Live(task, title));
            }).ConfigureAwait(false);
    }

    private static string Line(string title, StepProgress? progress) => progress switch
    {
        null => $"{title} ...",
        { Fraction: double fraction } =>
            string.Create(CultureInfo.InvariantCulture, $"{title} ... {100 * fraction:0} % {progress.Detail}").TrimEnd(),
        _ => $"{title} ... {progress.Detail}",
    };

    private sealed class Latest : IProgress<StepProgress>
    {
        private volatile StepProgress? _value;

        internal StepProgress? Value => _value;

        public void Report(StepProgress value) => _value = value;
    }

    private sealed class Live(ProgressTask task, string title) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            task.IsIndeterminate = value.Fraction is null;
            task.Value = value.Fraction ?? task.Value;
            task.Description = Markup.Escape(value.Detail.Length == 0 ? title : $"{title}: {value.Detail}");
        }
    }
}
