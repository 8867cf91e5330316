using Scriban.Parsing;

namespace Scriban.Runtime;

/// <summary>Finds the text behind the name of an <c>include</c>.</summary>
public interface ITemplateLoader
{
    /// <summary>The path or key of a template: what error messages show as the file.</summary>
    string? GetPath(TemplateContext context, SourceSpan callerSpan, string templateName);

    /// <summary>The text at a path that <see cref="GetPath"/> gave.</summary>
    string? Load(TemplateContext context, SourceSpan callerSpan, string templatePath);

    /// <summary>As <see cref="Load"/>; only asynchronous rendering asks for it.</summary>
    ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath);
}
