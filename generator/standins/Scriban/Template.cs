using Scriban.Parsing;
using Scriban.Syntax;

namespace Scriban;

/// <summary>A parsed template.</summary>
public class Template
{
    private readonly Block _body;

    private Template(string text, string? sourceFilePath)
    {
        SourceFilePath = sourceFilePath;
        var source = new SourceText(text, sourceFilePath ?? "<input>");
        try
        {
            _body = new TemplateParser(source).Parse();
        }
        catch (TemplateSyntaxException problem)
        {
            _body = new Block();
            Messages.Add(new LogMessage(ParserMessageType.Error, problem.Span, problem.Message));
        }
    }

    public string? SourceFilePath { get; }

    public bool HasErrors => Messages.HasErrors;

    public LogMessageBag Messages { get; } = new();

    /// <summary>Parses a text; a problem is in <see cref="Messages"/>, never thrown.</summary>
    public static Template Parse(string text, string? sourceFilePath = null) => new(text, sourceFilePath);

    /// <summary>The text that the template gives in a context.</summary>
    /// <exception cref="ScriptRuntimeException">A name is unknown or a value is of a kind outside the subset.</exception>
    public string Render(TemplateContext context)
    {
        if (HasErrors)
        {
            throw new InvalidOperationException($"This template has errors:\n{Messages}");
        }

        context.RequireStrictSettings();
        return context.Capture(_body);
    }

    internal Block Body => _body;
}
