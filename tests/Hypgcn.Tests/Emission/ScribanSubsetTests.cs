using Hypgcn.Emission;
using Scriban;

namespace Hypgcn.Tests.Emission;

/// <summary>What the stand-in rejects although Scriban has it: never a silent difference.</summary>
public sealed class ScribanSubsetTests
{
    [TestCase("a\n{{ x + 1 }}", "t.sbn(2,6) : error : `+` is outside the template subset of this project")]
    [TestCase("{{ 7 }}", "t.sbn(1,4) : error : `7` is outside the template subset of this project")]
    [TestCase("{{ x | upcase }}", "t.sbn(1,6) : error : `|` is outside the template subset of this project")]
    [TestCase("{{ x = 1 }}", "t.sbn(1,6) : error : `=` is outside the template subset of this project")]
    [TestCase("{{ x[0] }}", "t.sbn(1,5) : error : `[` is outside the template subset of this project")]
    [TestCase("{{ if x && y }}{{ end }}", "t.sbn(1,9) : error : `&` is outside the template subset of this project")]
    [TestCase("{{ while x }}{{ end }}", "t.sbn(1,4) : error : `while` is outside the template subset of this project")]
    [TestCase("{{ case x }}{{ end }}", "t.sbn(1,4) : error : `case` is outside the template subset of this project")]
    [TestCase("{{ x y }}", "t.sbn(1,6) : error : `y` after the end of the statement is outside the template subset of this project")]
    [TestCase("{{ for x in y }}{{ else }}{{ end }}",
        "t.sbn(1,20) : error : `else` in a `for` is outside the template subset of this project")]
    [TestCase("{{ x\n }}", "t.sbn(1,5) : error : a line break inside a tag is outside the template subset of this project")]
    [TestCase("{%{ x }%}", "t.sbn(1,1) : error : an escape block `{%{` is outside the template subset of this project")]
    [TestCase("{{ include x }}",
        "t.sbn(1,12) : error : Expecting a template's name in quotes instead of `x`, which is outside the template subset of this project")]
    [TestCase("{{ title", "t.sbn(1,1) : error : The tag is not closed by `}}`")]
    public void Parse_OutsideTheSubset_NamesTheConstructAndPlace(string text, string message)
    {
        if (!TemplateEngine.IsStandin)
        {
            Assert.Ignore("This build uses the real Scriban.");
        }

        Assert.That(Template.Parse(text, "t.sbn").Messages.Select(m => m.ToString()), Is.EqualTo(new[] { message }));
    }
}
