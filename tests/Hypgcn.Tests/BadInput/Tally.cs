using System.Globalization;
using System.Text;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.BadInput;

/// <summary>Runs cases in a folder with the good files, and counts how they ended.</summary>
internal sealed class Tally : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];
    private (int Cases, int Early, long Bytes, double Seconds) _all;

    public Tally() => BaseFiles.Write(_folder.Path);

    /// <summary>Cases in which no more than the first bytes were looked at.</summary>
    public int Early => _all.Early;

    /// <param name="badInput">The case.</param>
    /// <param name="repeat">How a failure is repeated.</param>
    /// <param name="run">Reads it.</param>
    public void Add(BadInputCase badInput, string repeat, Func<BadInputCase, string, Outcome> run)
    {
        _all.Cases++;
        try
        {
            Outcome outcome = run(badInput, _folder.Path);
            string kind = $"{badInput.File}: {outcome.Kind}";
            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
            _all.Early += outcome.IsEarly ? 1 : 0;
            _all.Bytes = Math.Max(_all.Bytes, outcome.AllocatedBytes);
            _all.Seconds = Math.Max(_all.Seconds, outcome.Seconds);
        }
        catch (Exception problem)
        {
            Exception cause = problem is AggregateException { InnerException: { } inner } ? inner : problem;
            _failures.Add($"{repeat}: {badInput.Name}: {cause.GetType().Name}: {cause.Message}\n{string.Join('\n', (cause.StackTrace ?? "").Split('\n').Take(5))}");
        }
        finally
        {
            File.WriteAllBytes(_folder.File(badInput.File), BaseFiles.All[badInput.File]);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Prints the table of outcomes; fails where any was neither success nor a message.</summary>
    public void Report(string name)
    {
        var text = new StringBuilder();
        foreach ((string kind, int count) in _kinds.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{count,6}  {kind}\n");
        }
        int good = _kinds.Where(kind => kind.Key.EndsWith(": " + Outcome.Success, StringComparison.Ordinal)).Sum(kind => kind.Value);
        text.Append(CultureInfo.InvariantCulture,
            $"{_all.Cases} cases, {name}: {good} read, {_all.Cases - good - _failures.Count} messages of {_kinds.Count} kinds ({_all.Early} at the first check), {_failures.Count} failures; at most {_all.Bytes >> 20} MiB, {_all.Seconds:F2} s");
        TestContext.Out.WriteLine(text);
        Assert.That(_failures, Is.Empty, string.Join("\n", _failures.Take(20)));
    }
}
