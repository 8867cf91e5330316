using Hypgcn.Models;
using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests.Models;

internal sealed class LabelFileTests
{
    [Test]
    public void Read_Demo_GivesTheClasses()
    {
        int[] labels = LabelFile.Read(Path.Combine(Repository.Root, "examples/demo/labels.npy"));

        Assert.That(labels, Has.Length.EqualTo(24));
        Assert.That(labels, Is.All.InRange(0, 5));
    }

    [TestCase("(lp0\n(lp1\nS'a'\np2\naS'b'\naa(lp3\nI1\naI2\naa.", TestName = "Read_Protocol0_GivesTheLabels")]
    [TestCase("\u0080\u0002](X\u0001\0\0\0aX\u0001\0\0\0be](K\u0001K\u0002e\u0086.", TestName = "Read_Protocol2_GivesTheLabels")]
    [TestCase("\u0080\u0004\u0095\u0015\0\0\0\0\0\0\0]\u0094(\u008c\u0001a\u0094\u008c\u0001b\u0094e]\u0094(K\u0001K\u0002e\u0086\u0094.", TestName = "Read_Protocol4_GivesTheLabels")]
    [TestCase("\u0080\u0003]](cnumpy.core.multiarray\nscalar\nq\u0001cnumpy\ndtype\nX\u0002\0\0\0i8K\0K\u0001\u0087R(K\u0003X\u0001\0\0\0<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tbq\u0002C\u0008\u0001\0\0\0\0\0\0\0\u0086Rh\u0001h\u0002C\u0008\u0002\0\0\0\0\0\0\0\u0086Re\u0086.", TestName = "Read_NumpyIntegers_GivesTheLabels")]
    public void Read_Pickle_GivesTheLabels(string pickle)
    {
        using var folder = new TemporaryFolder();

        Assert.That(LabelFile.Read(folder.File("l.pkl", System.Text.Encoding.Latin1.GetBytes(pickle))), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Read_BadPickle_SaysWhatIsWrong()
    {
        Assert.That(PickleMessage(new PickleWriter().Global("os", "system").Stop()), Is.EqualTo(
            "FILE: the pickle names 'os.system'; only lists, text and integers are read, and nothing is executed. Save the labels as an .npy array of integers."));
        Assert.That(PickleMessage(new PickleWriter().Op("]").Stop()), Is.EqualTo(
            "FILE: the pickle is not 2s-AGCN's tuple of (sample names, labels); labels are a list of integers. Save them as an .npy array instead."));
        Assert.That(PickleMessage(new PickleWriter().Op("]](").Text("a").Op("e").Raw(0x86).Stop()), Is.EqualTo(
            "FILE: the pickle is not 2s-AGCN's tuple of (sample names, labels); labels are a list of integers. Save them as an .npy array instead."));
        Assert.That(PickleMessage(new PickleWriter().Op("]](").Integer(-1).Op("e").Raw(0x86).Stop()), Is.EqualTo(
            "FILE: label 0 is -1; a label is a class index, 0 or more. Repair the file."));
        Assert.That(PickleMessage(new PickleWriter().Global("numpy", "dtype").Op(")R").Stop()), Is.EqualTo(
            "FILE: the pickle is wrong at byte 17 (numpy.dtype is called with other arguments than numpy's integers have); the file is truncated or corrupt. Copy or save it again."));
        Assert.That(PickleMessage([0x80]), Is.EqualTo("FILE: the pickle is wrong at byte 1 (it ends early); the file is truncated or corrupt. Copy or save it again."));
    }

    [TestCaseSource(nameof(BadNumbers))]
    public void Read_BadNumpyInteger_SaysWhatIsWrong(byte[] pickle, string expected) => Assert.That(PickleMessage(pickle), Is.EqualTo(
        $"FILE: the pickle is wrong at byte {expected}; the file is truncated or corrupt. Copy or save it again."));

    private static IEnumerable<TestCaseData> BadNumbers()
    {
        static TestCaseData Case(string name, PickleWriter pickle, string expected) => new TestCaseData(pickle.Stop(), expected).SetArgDisplayNames(name);
        static PickleWriter Type(string name) => new PickleWriter().Global("numpy", "dtype").Op("(").Text(name).Op("tR");
        yield return Case("build", new PickleWriter().Op("NNb"), "5 (BUILD of something other than a little-endian integer type)");
        yield return Case("big endian", Type("i8").Op("(").Integer(3).Text(">").Op("tb"), "44 (BUILD of something other than a little-endian integer type)");
        yield return Case("persistent", new PickleWriter().Op("NQ"), "4 (a persistent id in a label file)");
        yield return Case("float", new PickleWriter().Global("numpy.core.multiarray", "scalar").Op("(").Global("numpy", "dtype").Op("(").Text("f8").Op("tR").Op("C").Raw(1, 0).Op("tR"),
            "61 (a scalar of type f8 in 1 bytes)");
        yield return Case("long text", new PickleWriter().Global("_codecs", "encode").Op("(").Text("123456789").Text("latin1").Op("tR"),
            "46 (_codecs.encode is called with other arguments than numpy's integers have)");
    }

    [Test]
    public void Read_OtherFile_SaysWhatLabelsAre()
    {
        Assert.That(BadFile.Message("l.txt", [], p => LabelFile.Read(p)), Is.EqualTo("FILE: the extension is '.txt'; labels are .npy or .pkl. Rename or convert the file."));
        Assert.That(BadFile.Message("l.npy", NpyTests.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", [0, 0, 0, 0]), p => LabelFile.Read(p)), Is.EqualTo(
            "FILE: the array has shape [1] of floats; labels are [N] of integers. Convert it with numpy."));
        Assert.That(BadFile.Message("l.npy", NpyTests.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}", [0]), p => LabelFile.Read(p)), Is.EqualTo(
            "FILE: the array has shape [1, 1] of integers; labels are [N] of integers. Convert it with numpy."));
    }

    private static string PickleMessage(byte[] pickle) => BadFile.Message("l.pkl", pickle, p => LabelFile.Read(p));
}
