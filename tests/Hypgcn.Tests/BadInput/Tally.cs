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
    private readonly List<(double Seconds, long Bytes, string Name)> _costs = [];
    private int _cases;

    public Tally() => BaseFiles.Write(_folder.Path);

    /// <summary>Cases in which no more than the first bytes were looked at.</summary>
    public int Early { get; private set; }

    /// <param name="badInput">The case.</param>
    /// <param name="repeat">How a failure is repeated.</param>
    /// <param name="run">Reads it.</param>
    public void Add(BadInputCase badInput, string repeat, Func<BadInputCase, string, Outcome> run)
    {
        _cases++;
        try
        {
            Outcome outcome = run(badInput, _folder.Path);
            string kind = $"{badInput.File}: {outcome.Kind}";
            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
            Early += outcome.IsEarly ? 1 : 0;
            _costs.Add((outcome.Seconds, outcome.AllocatedBytes, $"{repeat}: {badInput.Name}"));
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
        foreach (var (seconds, bytes, cost) in _costs.OrderByDescending(cost => cost.Seconds).Take(3).Concat(_costs.OrderByDescending(cost => cost.Bytes).Take(3)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{seconds,7:F2} s {bytes >> 20,5} MiB  {cost}\n");
        }
        text.Append(CultureInfo.InvariantCulture,
            $"{_cases} cases, {name}: {good} read, {_cases - good - _failures.Count} messages of {_kinds.Count} kinds ({Early} at the first check), {_failures.Count} failures");
        TestContext.Out.WriteLine(text);
        Assert.That(_failures, Is.Empty, string.Join("\n", _failures.Take(20)));
    }
}
