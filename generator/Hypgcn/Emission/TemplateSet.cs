using System.Collections.Concurrent;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Hypgcn.Emission;

/// <summary>
/// The templates of one folder: <c>modules/*.v.sbn</c>, and <c>partials/_*.sbn</c> for <c>include</c>. Rendering is
/// strict: an unknown name or member is an error, and there is no limit on output or loops. Safe for parallel use.
/// </summary>
/// <param name="folder">Folder with <c>modules/</c> and <c>partials/</c>.</param>
public sealed class TemplateSet(string folder)
{
    private readonly TemplateFiles _files = new(folder);
    private readonly ConcurrentDictionary<string, Template> _templates = new(StringComparer.Ordinal);

    /// <summary>The templates that come with the program.</summary>
    public static TemplateSet Installed { get; } = new(TemplateFolder.Templates);

    /// <summary>Renders a template with an object whose properties it sees as <c>lower_snake</c> names.</summary>
    /// <param name="templateName">
    /// Name of a module template without folder and endings (<c>graph_pe</c> for <c>modules/graph_pe.v.sbn</c>), or a
    /// path inside the folder that ends in <c>.sbn</c>.
    /// </param>
    /// <param name="viewModel">A record with the values to print.</param>
    /// <exception cref="TemplateException">The template is missing, does not parse or uses an unknown name.</exception>
    public string Render(string templateName, object viewModel)
    {
        ArgumentNullException.ThrowIfNull(viewModel);
        Template template = _templates.GetOrAdd(PathOf(templateName), Parse);
        var names = new ScriptObject();
        names.Import(viewModel);
        TemplateContext context = CreateContext();
        context.PushGlobal(names);
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException problem)
        {
            throw Explain(problem);
        }
    }

    /// <summary>Paths of all module templates inside the folder, in ordinal order.</summary>
    public IReadOnlyList<string> ModuleTemplates() =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "modules"), "*.sbn")
            .Select(file => $"modules/{Path.GetFileName(file)}")
            .Order(StringComparer.Ordinal)];

    private static string PathOf(string templateName) =>
        templateName.EndsWith(".sbn", StringComparison.Ordinal) ? templateName : $"modules/{templateName}.v.sbn";

    private Template Parse(string path)
    {
        var template = Template.Parse(_files.Read(path), path);
        return template.HasErrors ? throw Explain(template.Messages) : template;
    }

    // Scriban's defaults print nothing for a misspelt member, cut output at 1 MiB and stop loops at 1000 rounds.
    private TemplateContext CreateContext() => new()
    {
        StrictVariables = true,
        EnableRelaxedMemberAccess = false,
        EnableRelaxedIndexerAccess = false,
        LoopLimit = 0,
        LimitToString = 0,
        IndentOnEmptyLines = false,
        MemberRenamer = StandardMemberRenamer.Default,
        TemplateLoader = new TemplateFileLoader(_files),
    };

    private static TemplateException Explain(LogMessageBag messages)
    {
        LogMessage first = messages.First(message => message.Type == ParserMessageType.Error);
        return At(first.Span, first.Message, inner: null);
    }

    private static TemplateException Explain(ScriptRuntimeException problem) => problem switch
    {
        { InnerException: TemplateException inner } => inner,
        ScriptParserRuntimeException { ParserMessages: { HasErrors: true } messages } => Explain(messages),
        _ => At(problem.Span, problem.OriginalMessage, problem),
    };

    private static TemplateException At(SourceSpan span, string message, Exception? inner) =>
        new(span.FileName ?? "<template>", span.Start.Line + 1, span.Start.Column + 1, message, inner);
}
