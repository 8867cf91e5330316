using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed partial class NtuPreprocessorTests
{
    [Test]
    [Category("SharedData")]
    public void Run_RawRecordings_AgreesWith2sAgcn()
    {
        string[] names = File.ReadAllLines(SharedData.Path("data/ntu/skeleton_expected.txt"));
        ClipSet expected = ClipFile.Read(SharedData.Path("data/ntu/skeleton_expected.npy"));

        ClipSet actual = ClipSource.ReadRecordings([.. names.Where(n => n.Length > 0).Select(n => SharedData.Path($"data/ntu/{n}"))]);

        Assert.That((actual.Count, actual.Frames, actual.Joints, actual.Persons), Is.EqualTo((expected.Count, expected.Frames, expected.Joints, expected.Persons)));
        double largest = actual.Data.Zip(expected.Data, (a, e) => Math.Abs((double)a - e)).Max();
        int different = actual.Data.Zip(expected.Data).Count(x => x.First != x.Second);
        TestContext.Out.WriteLine($"largest difference {largest}, {different} of {actual.Data.Length} values differ");
        // Products of a float32 rotation: numpy's own kernels differ in the last bit between CPUs.
        Assert.That(largest, Is.LessThan(1e-6));
    }

    [Test]
    [Category("SharedData")]
    public void ReadRecordings_NoBody_NamesTheFile()
    {
        string path = SharedData.Path("data/ntu/S006C002P023R001A023.skeleton");

        Assert.That(() => ClipSource.Read(path), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            $"{path}: no body is in any of the 76 frames; a clip needs one. Leave the file out, as 2s-AGCN's list of missing skeletons does."));
    }
}
