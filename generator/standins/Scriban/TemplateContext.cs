using System.Globalization;
using System.Text;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Scriban;

/// <summary>Settings and names for one rendering. Only the strict settings can be rendered with.</summary>
public class TemplateContext
{
    private readonly List<ScriptObject> _globals = [];
    private readonly Dictionary<string, Template> _templates = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, Dictionary<string, Func<object, object?>>> _members = [];
    private StringBuilder _output = new();
    private bool _atLineStart;

    /// <summary>Must be true: an unknown name is an error.</summary>
    public bool StrictVariables { get; set; }

    /// <summary>Must be false: an unknown member is an error.</summary>
    public bool EnableRelaxedMemberAccess { get; set; } = true;

    /// <summary>Must be false: an argument that was not given is an error.</summary>
    public bool EnableRelaxedIndexerAccess { get; set; } = true;

    /// <summary>Must be 0: no limit.</summary>
    public int LoopLimit { get; set; } = 1000;

    /// <summary>Must be 0: no limit.</summary>
    public int LimitToString { get; set; } = 1048576;

    /// <summary>Whether the white space before a tag also starts every further line that the tag writes.</summary>
    public bool AutoIndent { get; set; } = true;

    /// <summary>Whether <see cref="AutoIndent"/> also indents empty lines.</summary>
    public bool IndentOnEmptyLines { get; set; } = true;

    public ITemplateLoader? TemplateLoader { get; set; }

    public MemberRenamerDelegate MemberRenamer { get; set; } = StandardMemberRenamer.Default;

    public CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    internal string? CurrentIndent { get; set; }

    internal Stack<LoopScope> Loops { get; } = new();

    internal Stack<object?[]> Arguments { get; } = new();

    /// <summary>Adds names; a later object hides an earlier one.</summary>
    public void PushGlobal(IScriptObject scriptObject) => _globals.Add((ScriptObject)scriptObject);

    internal bool TryFind(string name, out object? value)
    {
        foreach (LoopScope loop in Loops)
        {
            if (loop.Variable == name)
            {
                value = loop.Item;
                return true;
            }
        }

        for (int i = _globals.Count - 1; i >= 0; i--)
        {
            if (_globals[i].TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    internal Dictionary<string, Func<object, object?>> MembersOf(Type type)
    {
        if (!_members.TryGetValue(type, out Dictionary<string, Func<object, object?>>? members))
        {
            _members[type] = members = TypeMembers.Of(type, filter: null, MemberRenamer);
        }

        return members;
    }

    internal Template LoadTemplate(string name, SourceSpan span)
    {
        ITemplateLoader loader = TemplateLoader
            ?? throw new ScriptRuntimeException(span, "No TemplateLoader registered in TemplateContext.TemplateLoader");
        string path = loader.GetPath(this, span, name)
            ?? throw new ScriptRuntimeException(span, $"Include template path is null for `{name}`");
        if (_templates.TryGetValue(path, out Template? template))
        {
            return template;
        }

        template = Template.Parse(Load(loader, span, path), path);
        if (template.HasErrors)
        {
            throw new ScriptParserRuntimeException(span, $"Error while parsing template `{path}`", template.Messages);
        }

        _templates.Add(path, template);
        return template;
    }

    /// <summary>What a block writes, on its own: neither indented by nor continuing the line of its surroundings.</summary>
    internal string Capture(Block block)
    {
        (StringBuilder output, string? indent, bool atLineStart) = (_output, CurrentIndent, _atLineStart);
        (_output, CurrentIndent, _atLineStart) = (new StringBuilder(), null, false);
        try
        {
            block.Write(this);
            return _output.ToString();
        }
        finally
        {
            (_output, CurrentIndent, _atLineStart) = (output, indent, atLineStart);
        }
    }

    internal void Write(string text)
    {
        if (!AutoIndent || CurrentIndent is null)
        {
            _output.Append(text);
            _atLineStart = text.Length > 0 ? text[^1] == '\n' : _atLineStart;
            return;
        }

        int start = 0;
        while (start < text.Length)
        {
            int lineBreak = text.IndexOf('\n', start);
            int end = lineBreak < 0 ? text.Length : lineBreak;
            bool isEmpty = lineBreak >= 0 && (end == start || (end == start + 1 && text[start] == '\r'));
            if (_atLineStart && (IndentOnEmptyLines || !isEmpty))
            {
                _output.Append(CurrentIndent);
                _atLineStart = false;
            }

            int next = lineBreak < 0 ? end : end + 1;
            _output.Append(text, start, next - start);
            _atLineStart |= lineBreak >= 0;
            start = next;
        }
    }

    internal void RequireStrictSettings()
    {
        if (!StrictVariables || EnableRelaxedMemberAccess || EnableRelaxedIndexerAccess || LoopLimit != 0 || LimitToString != 0)
        {
            throw new NotSupportedException(
                "Rendering is supported with StrictVariables on, relaxed access off, LoopLimit 0 and LimitToString 0 only.");
        }
    }

    private string Load(ITemplateLoader loader, SourceSpan span, string path)
    {
        try
        {
            return loader.Load(this, span, path)
                ?? throw new ScriptRuntimeException(span, $"The result of including `{path}` cannot be null");
        }
        catch (Exception problem) when (problem is not ScriptRuntimeException)
        {
            throw new ScriptRuntimeException(span, $"Unexpected exception while creating template from path `{path}`", problem);
        }
    }
}
