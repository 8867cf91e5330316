using Scriban;

namespace Hypgcn.Emission;

/// <summary>Which template engine this build has.</summary>
public static class TemplateEngine
{
    /// <summary>Whether it is the project's own stand-in rather than the package.</summary>
    public static bool IsStandin { get; } =
        typeof(Template).Assembly.GetType("Scriban.Parsing.TemplateScanner") is not null;

    /// <summary>One phrase for a person.</summary>
    public static string Description => IsStandin
        ? "the project's stand-in for Scriban"
        : $"Scriban {typeof(Template).Assembly.GetName().Version?.ToString(3)}";
}
