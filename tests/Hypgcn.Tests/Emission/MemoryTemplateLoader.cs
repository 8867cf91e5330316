using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Hypgcn.Tests.Emission;

#nullable disable

/// <summary>Templates by name, without files.</summary>
internal sealed class MemoryTemplateLoader(IReadOnlyDictionary<string, string> templates) : ITemplateLoader
{
    public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) => templateName;

    public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => templates[templatePath];

    public ValueTask<string> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        new(templates[templatePath]);
}
