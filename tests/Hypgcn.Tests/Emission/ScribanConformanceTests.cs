using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Hypgcn.Tests.Emission;

/// <summary>One table for both ways of building: it passes with the real Scriban and with the stand-in.</summary>
public sealed class ScribanConformanceTests
{
    private static readonly Dictionary<string, string> Partials = new(StringComparer.Ordinal)
    {
        ["port"] = "{{ $1.name }}_i",
        ["two"] = "first\nsecond\n",
        ["gap"] = "first\n\nthird\n",
        ["nested"] = "<\n  {{ include 'two' }}>\n",
        ["both"] = "{{ $1 }}-{{ $2 }}",
        ["global"] = "{{ title }}",
        ["cond"] = "{{~ if $1.is_wide ~}}\nwide\n{{~ else ~}}\nnarrow\n{{~ end ~}}\n",
        ["tagfirst"] = "{{ title }}\n{{ title }}\n",
        ["looped"] = "{{~ for x in $1 ~}}\n<{{ x.name }}>\n{{~ end ~}}\n",
        ["broken"] = "ok\n  {{ if }}",
        ["outer"] = "{{ p.name }}",
        ["shadow"] = "{{ title }}",
        ["missing"] = "ok\n  {{ no_such_name }}",
    };

    private static IEnumerable<TestCaseData> Rendered()
    {
        (string Template, string Expected)[] cases =
        [
            ("", ""),
            ("plain text\n", "plain text\n"),
            ("a { b } c }} d", "a { b } c }} d"),
            ("{{ title }}", "core"),
            ("{{title}}", "core"),
            ("[{{ dsp_count }}] [{{ minus }}] [{{ big }}]", "[12] [-5] [123456789012345]"),
            ("{{ yes }} {{ no }} {{ real }}", "true false 0.5"),
            ("{{ bram36 }} {{ xbits }} {{ bram36_count }}", "36 7 3"),
            ("{{ first_port.name }} {{ first_port.clock.name }}", "a clk"),
            ("{{ empty_text }}|", "|"),
            ("x{{ # a comment }}y", "xy"),
            ("x{{# a comment }}y", "xy"),
            ("x{{ ## a\n long # comment ## }}y", "xy"),
            ("x{{~ # a comment ~}}\ny", "xy"),
            ("x {{ }} y", "x  y"),
            ("{{ if yes }}A{{ end }}", "A"),
            ("{{ if no }}A{{ end }}", ""),
            ("{{ if !no }}A{{ end }}{{ if !yes }}B{{ end }}", "A"),
            ("{{ if no }}A{{ else }}B{{ end }}", "B"),
            ("{{ if no }}A{{ else if yes }}B{{ else }}C{{ end }}", "B"),
            ("{{ if no }}A{{ else if no }}B{{ else if !yes }}C{{ else }}D{{ end }}", "D"),
            ("{{ if yes }}{{ if no }}A{{ else }}B{{ end }}{{ else }}C{{ end }}", "B"),
            ("{{ if first_port.is_wide }}A{{ end }}", "A"),
            ("{{ for p in ports }}{{ p.name }} {{ end }}", "a b c "),
            ("{{ for p in ports }}{{ p.name }}{{ if !for.last }}, {{ end }}{{ end }}", "a, b, c"),
            ("{{ for p in ports }}{{ if for.first }}[{{ end }}{{ for.index }}{{ end }}", "[012"),
            ("{{ for p in ports }}{{ for.first }}{{ for.last }} {{ end }}", "truefalse falsefalse falsetrue "),
            ("{{ for p in ports }}{{ for n in numbers }}{{ p.name }}{{ n }}{{ for.last }} {{ end }}{{ for.last }};{{ end }}",
                "a1false a2true false;b1false b2true false;c1false c2true true;"),
            ("{{ for n in none }}X{{ end }}-", "-"),
            ("{{ for n in array }}{{ n }}{{ end }}", "xy"),
            ("{{ for title in array }}{{ title }}{{ end }}{{ title }}", "xycore"),

            // Whitespace control: `-` takes all white space, `~` the blanks before and up to one line break after.
            ("a \n {{- title -}} \n b", "acoreb"),
            ("a \n {{~ title ~}} \n b", "a \ncore b"),
            ("a\n\n\n  {{- title }}\n", "acore\n"),
            ("a\n\n\n  {{~ title ~}}\n\n\n  b", "a\n\n\ncore\n\n  b"),
            ("a  {{~ title ~}}  b", "acoreb"),
            ("  {{~ title }}", "core"),
            ("{{ title ~}}   ", "core"),
            ("{{ title -}} \n\t ", "core"),
            ("\t{{~ title ~}}\r\nx", "corex"),
            ("a\r\n  {{~ title ~}}\r\nx", "a\r\ncorex"),
            ("begin\n  {{~ if yes ~}}\n  wide\n  {{~ end ~}}\nend\n", "begin\n  wide\nend\n"),
            ("begin\n  {{~ if no ~}}\n  wide\n  {{~ else ~}}\n  narrow\n  {{~ end ~}}\nend\n", "begin\n  narrow\nend\n"),
            ("begin\n  {{~ for p in ports ~}}\n  input {{ p.name }}_i{{ if !for.last }},{{ end }}\n  {{~ end ~}}\nend\n",
                "begin\n  input a_i,\n  input b_i,\n  input c_i\nend\n"),
            ("{{~ for p in ports ~}}\n{{~ if p.is_wide ~}}\n{{ p.name }}\n{{~ end ~}}\n{{~ end ~}}\n", "a\nc\n"),
            ("{{- for n in numbers -}}\n  {{ n }}\n{{- end -}}\n", "12"),

            // A tag on a line of its own without control keeps the line, and indents what it writes.
            ("  {{ if yes }}\n  x\n  {{ end }}\ny", "  \n    x\n    \ny"),
            ("  {{ two_lines }}\n", "  one\n  two\n"),
            ("x {{ two_lines }}\n", "x one\ntwo\n"),
            ("    {{~ two_lines ~}}\n", "one\ntwo"),
            ("  {{ for n in numbers }}\nn{{ n }}\n\n{{ end }}.", "  \n  n1\n\n\n  n2\n\n."),
            ("  {{ two_lines }} {{ two_lines }}\n", "  one\n  two one\ntwo\n"),

            // Includes.
            ("{{ include 'port' first_port }}", "a_i"),
            ("{{ include \"port\" first_port }}", "a_i"),
            ("{{ for p in ports }}{{ include 'port' p }} {{ end }}", "a_i b_i c_i "),
            ("{{ include 'both' title dsp_count }}", "core-12"),
            ("{{ include 'global' }}", "core"),
            ("{{ include 'looped' ports }}", "<a>\n<b>\n<c>\n"),
            ("{{~ include 'cond' first_port ~}}\nend", "wide\nend"),
            ("  {{ include 'two' }}.\n", "  first\n  second\n.\n"),
            ("  {{~ include 'two' ~}}\n.\n", "first\nsecond\n.\n"),
            ("  {{ include 'two' -}}\n.\n", "  first\n  second\n.\n"),
            ("  {{ include 'two' ~}}\n.\n", "  first\n  second\n.\n"),
            ("  {{ include 'gap' ~}}\n.\n", "  first\n\n  third\n.\n"),
            ("    {{ include 'nested' }}|", "    <\n      first\n      second\n    >\n|"),
            ("x\n  {{ include 'tagfirst' ~}}\ny\n", "x\n  core\n  core\ny\n"),
            ("x\n{{ include 'tagfirst' }}{{ include 'two' }}", "x\ncore\ncore\nfirst\nsecond\n"),
            ("{{ for p in ports }}{{ include 'outer' }}{{ end }}", "abc"),
            ("{{ for title in array }}{{ include 'shadow' }}{{ end }}", "xy"),
            ("{{ if yes }}\n  {{ include 'two' ~}}\n{{ end }}", "\n  first\n  second\n"),
        ];
        return cases.Select((c, i) => new TestCaseData(c.Template, c.Expected).SetArgDisplayNames($"{i:00} {Show(c.Template)}"));
    }

    [TestCaseSource(nameof(Rendered))]
    public void Render_TemplateOfTheSubset_GivesTheText(string template, string expected) =>
        Assert.That(Render(template), Is.EqualTo(expected));

    [TestCase("{{ no_such_name }}", 0, 3)]
    [TestCase("\n {{ first_port.no_such_member }}", 1, 15)]
    [TestCase("{{ for p in ports }}\n{{ p.nome }}{{ end }}", 1, 5)]
    [TestCase("{{ include 'both' title }}", 0, 12)]
    [TestCase("{{ include 'missing' }}", 1, 5)]
    public void Render_UnknownName_ThrowsWithPlace(string template, int line, int column)
    {
        ScriptRuntimeException problem = Assert.Throws<ScriptRuntimeException>(() => Render(template))!;
        Assert.Multiple(() =>
        {
            Assert.That(problem.Span.Start.Line, Is.EqualTo(line));
            Assert.That(problem.Span.Start.Column, Is.EqualTo(column));
        });
    }

    [Test]
    public void Render_IncludeThatDoesNotParse_ThrowsWithItsMessages()
    {
        ScriptParserRuntimeException problem =
            Assert.Throws<ScriptParserRuntimeException>(() => Render("{{ include 'broken' }}"))!;
        Assert.That(problem.ParserMessages[0].Span.Start.Line, Is.EqualTo(1));
    }

    [TestCase("{{ if yes }}")]
    [TestCase("{{ end }}")]
    [TestCase("{{ for p ports }}{{ end }}")]
    [TestCase("{{ title ) }}")]
    [TestCase("{{ include 'both }}")]
    public void Parse_Malformed_HasErrors(string template) =>
        Assert.That(Template.Parse(template, "t.sbn").HasErrors, Is.True);

    [TestCase("DspCount", ExpectedResult = "dsp_count")]
    [TestCase("Bram36", ExpectedResult = "bram36")]
    [TestCase("Bram36Count", ExpectedResult = "bram36_count")]
    [TestCase("XBits", ExpectedResult = "xbits")]
    [TestCase("IsRFC", ExpectedResult = "is_rfc")]
    [TestCase("name", ExpectedResult = "name")]
    public string Rename_MemberName_GivesLowerSnake(string name) => StandardMemberRenamer.Rename(name);

    [Test]
    public void Render_MoreThanDefaultLimits_IsComplete()
    {
        string line = new('x', 999);
        var model = new Model { Array = [.. Enumerable.Repeat(line, 2000)] };
        Assert.That(Render("{{ for n in array }}{{ n }}\n{{ end }}", model), Has.Length.EqualTo(2_000_000));
    }

    private static string Render(string text) => Render(text, new Model());

    private static string Render(string text, Model model)
    {
        var template = Template.Parse(text, "t.sbn");
        Assert.That(template.HasErrors, Is.False, () => template.Messages.ToString());
        var names = new ScriptObject();
        names.Import(model);
        var context = new TemplateContext
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedIndexerAccess = false,
            LoopLimit = 0,
            LimitToString = 0,
            IndentOnEmptyLines = false,
            MemberRenamer = StandardMemberRenamer.Default,
            TemplateLoader = new MemoryTemplateLoader(Partials),
        };
        context.PushGlobal(names);
        return template.Render(context);
    }

    private static string Show(string template) =>
        template.Replace("\n", "/", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);

    private sealed record Clock(string Name);

    private sealed record Port(string Name, bool IsWide)
    {
        public Clock Clock { get; } = new("clk");
    }

    private sealed record Model
    {
        public string Title => "core";

        public int DspCount => 12;

        public int Minus => -5;

        public long Big => 123456789012345;

        public double Real => 0.5;

        public bool Yes => true;

        public bool No => false;

        public int Bram36 => 36;

        public int XBits => 7;

        public int Bram36Count => 3;

        public string EmptyText => "";

        public string TwoLines => "one\ntwo";

        public Port FirstPort => Ports[0];

        public IReadOnlyList<Port> Ports { get; } = [new("a", true), new("b", false), new("c", true)];

        public IReadOnlyList<int> Numbers { get; } = [1, 2];

        public IReadOnlyList<int> None { get; } = [];

        public string[] Array { get; init; } = ["x", "y"];
    }
}
