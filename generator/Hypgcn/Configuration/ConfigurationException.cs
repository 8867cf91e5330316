namespace Hypgcn.Configuration;

/// <summary>A configuration file is missing, not JSON, has unknown keys or values out of range.</summary>
public sealed class ConfigurationException : HypgcnException
{
    /// <param name="problems">One line each, in file order; at least one.</param>
    public ConfigurationException(IReadOnlyList<string> problems) : base(string.Join(Environment.NewLine, problems)) =>
        Problems = problems;

    /// <summary>All problems, in file order.</summary>
    public IReadOnlyList<string> Problems { get; }
}
