using Hypgcn.Configuration;
using Hypgcn.Tests.Models;

namespace Hypgcn.Tests.Configuration;

[TestFixture]
internal sealed class DeviceFileTests
{
    private const string Good = """{ "name": "mine", "part": "xc-mine", "dsp": 100, "bram36": 50, "lut": 20000, "ff": 40000, "source": "my board" }""";

    [TestCase("xcku115", 5520, 2160, 663360)]
    [TestCase("xczu7ev", 1728, 312, 230400)]
    [TestCase("xczu9eg", 2520, 912, 274080)]
    [TestCase("xcu50", 5952, 1344, 872000)]
    [TestCase("xc7z045", 900, 545, 218600)]
    [TestCase("xc7z020", 220, 140, 53200)]
    public void Find_Installed_HasItsTotals(string name, int dsp, int bram36, int lut)
    {
        var device = DeviceFile.Find(name);
        Assert.That((device.Name, device.Dsp, device.Bram36, device.Lut), Is.EqualTo((name, dsp, bram36, lut)));
        Assert.That(device.Part, Does.StartWith(name));
        Assert.That(device.Source, Does.StartWith("DS"));
        Assert.That(DeviceFile.OfPart(device.Part), Is.EqualTo(device));
    }

    [Test]
    public void Installed_Names_AreThoseOfTheTest() =>
        Assert.That(DeviceFile.Installed, Is.EqualTo(["xc7z020", "xc7z045", "xcku115", "xcu50", "xczu7ev", "xczu9eg"]));

    [Test]
    public void OfPart_Unknown_IsNull() => Assert.That(DeviceFile.OfPart("lfe5u-85f"), Is.Null);

    [Test]
    public void Find_OwnFile_IsRead()
    {
        var device = Find(Good);
        Assert.That((device.Part, device.Dsp, device.Bram36, device.Uram, device.MultiplierBits), Is.EqualTo(("xc-mine", 100, 50, 0, 27)));
    }

    [Test]
    public void Find_UnknownName_ListsWhatThereIs() => Assert.That(
        () => DeviceFile.Find("xc7k325t"),
        Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
            "--device: xc7k325t is no device that is installed; there are xc7z020, xc7z045, xcku115, xcu50, xczu7ev, xczu9eg. Use one of these, or the path of a file ending in .json."));

    [Test]
    public void Find_MissingFile_SaysSo() => Assert.That(
        () => DeviceFile.Find("/nowhere/x.json"), Throws.TypeOf<ConfigurationException>().With.Message.EqualTo(
            "/nowhere/x.json: the file does not exist; it must be there to be read. Check the path."));

    [TestCase("{", "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed (line 1, byte 2); a device is JSON as in docs/tuning.md. Compare with it.")]
    [TestCase("null", "it is null; a device is an object. Compare with docs/tuning.md.")]
    [TestCase("""{ "name": "mine" }""", "the keys 'part', 'dsp', 'bram36', 'lut', 'ff', 'source' are missing (line 1, byte 19); a device is JSON as in docs/tuning.md. Compare with it.")]
    public void Find_BadJson_SaysWhatIsExpected(string text, string message) => Assert.That(MessageOf(text), Is.EqualTo($"mine.json: {message}"));

    [TestCase("\"dsp\": 100", "\"dsp\": 0", "dsp: 0; it must be 1 to 10000000. Change it.")]
    [TestCase("\"dsp\": 100", "\"dsp\": 10000001", "dsp: 10000001; it must be 1 to 10000000. Change it.")]
    [TestCase("\"bram36\": 50", "\"bram36\": -1", "bram36: -1; it must be 1 to 10000000. Change it.")]
    [TestCase("\"bram36\": 50", "\"bram36\": 10000001", "bram36: 10000001; it must be 1 to 10000000. Change it.")]
    [TestCase("\"lut\": 20000", "\"lut\": 20000, \"uram\": -1", "uram: -1; it must be 0 to 10000000. Change it.")]
    [TestCase("\"lut\": 20000", "\"lut\": 20000, \"uram\": 10000001", "uram: 10000001; it must be 0 to 10000000. Change it.")]
    [TestCase("\"lut\": 20000", "\"lut\": 20000, \"lut_ram\": -1", "lut_ram: -1; it must be 0 to 10000000. Change it.")]
    [TestCase("\"lut\": 20000", "\"lut\": 0", "lut: 0; it must be 1 to 10000000. Change it.")]
    [TestCase("\"lut\": 20000", "\"lut\": 10000001", "lut: 10000001; it must be 1 to 10000000. Change it.")]
    [TestCase("\"ff\": 40000", "\"ff\": 0", "ff: 0; it must be 1 to 10000000. Change it.")]
    [TestCase("\"ff\": 40000", "\"ff\": 10000001", "ff: 10000001; it must be 1 to 10000000. Change it.")]
    [TestCase("\"ff\": 40000", "\"ff\": 40000, \"multiplier_bits\": 17", "multiplier_bits: 17; it must be 18 to 64. Change it.")]
    [TestCase("\"ff\": 40000", "\"ff\": 40000, \"multiplier_bits\": 65", "multiplier_bits: 65; it must be 18 to 64. Change it.")]
    [TestCase("\"name\": \"mine\"", "\"name\": \"\"", "name: it is empty; it must be a text. Give it.")]
    [TestCase("\"part\": \"xc-mine\"", "\"part\": \"\"", "part: it is empty; it must be a text. Give it.")]
    [TestCase("\"source\": \"my board\"", "\"source\": \"\"", "source: it is empty; it must be a text. Give it.")]
    [TestCase("\"dsp\"", "\"dsps\"", "the key 'dsps' is unknown ($.dsps, line 1, byte 45); a device is JSON as in docs/tuning.md. Compare with it.")]
    public void Find_BadValue_SaysWhich(string from, string to, string message) =>
        Assert.That(MessageOf(Good.Replace(from, to, StringComparison.Ordinal)), Is.EqualTo($"mine.json: {message}"));

    [Test]
    public void Find_SeveralBadValues_SaysAll() => Assert.That(
        MessageOf(Good.Replace("100", "0", StringComparison.Ordinal).Replace("40000", "0", StringComparison.Ordinal)),
        Is.EqualTo("mine.json: dsp: 0; it must be 1 to 10000000. Change it.\nmine.json: ff: 0; it must be 1 to 10000000. Change it."));

    private static string MessageOf(string text)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "mine.json");
        File.WriteAllText(path, text);
        return Assert.Throws<ConfigurationException>(() => DeviceFile.Find(path))!.Message.Replace(path, "mine.json", StringComparison.Ordinal);
    }

    private static Device Find(string text)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "mine.json");
        File.WriteAllText(path, text);
        return DeviceFile.Find(path);
    }
}
