using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Hypgcn.Emission;

// Releases of Scriban differ in whether these signatures allow null; this is written so that either compiles.
#nullable disable

/// <summary>Gives <c>include 'name'</c> the text of <c>partials/_name.sbn</c>.</summary>
internal sealed class TemplateFileLoader(TemplateFiles files) : ITemplateLoader
{
    public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName) =>
        TemplateFiles.PartialPath(templateName);

    public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => files.Read(templatePath);

    public ValueTask<string> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        new(files.Read(templatePath));
}
