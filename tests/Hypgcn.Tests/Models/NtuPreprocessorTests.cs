using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed partial class NtuPreprocessorTests
{
    private const int FrameSize = 75;

    [Test]
    public void Run_OneBody_IsCentredAndTurned()
    {
        ClipSet clips = NtuPreprocessor.Run([Recording(3, (0, 0, 1), (0, 1, 1), (0, 2, 1))], frames: 8);

        // Joint 1 of the first person is the origin; the last rotation lays the bone from 4 to 8 on +x.
        Assert.That((clips.Channels, clips.Frames, clips.Joints, clips.Persons), Is.EqualTo((3, 8, 25, 2)));
        Assert.That(At(clips, 0, 1), Is.EqualTo(new[] { 0, 0, 0 }));
        float[] shoulders = [.. At(clips, 0, 8).Zip(At(clips, 0, 4), (r, l) => r - l)];
        Assert.That(shoulders[0], Is.GreaterThan(0));
        Assert.That(shoulders[1], Is.Zero.Within(1e-6));
        Assert.That(shoulders[2], Is.Zero.Within(1e-6));
    }

    [Test]
    public void Run_ShortRecording_RepeatsFromItsStart()
    {
        ClipSet clips = NtuPreprocessor.Run([Recording(3, (0, 0, 1), (0, 1, 2), (0, 2, 3))], frames: 8);

        foreach (int joint in new[] { 0, 8, 24 })
        {
            for (int t = 3; t < 8; t++)
                Assert.That(At(clips, t, joint), Is.EqualTo(At(clips, t % 3, joint)), $"frame {t}, joint {joint}");
        }
    }

    [Test]
    public void Run_FirstFrameEmpty_MovesTheOthersUp()
    {
        ClipSet late = NtuPreprocessor.Run([Recording(4, (0, 1, 1), (0, 3, 2))], frames: 6);
        ClipSet early = NtuPreprocessor.Run([Recording(2, (0, 0, 1), (0, 1, 2))], frames: 6);

        Assert.That(late.Data, Is.EqualTo(early.Data));
    }

    [Test]
    public void Run_ThreeBodies_KeepsTheTwoThatMoveMost()
    {
        ClipSet clips = NtuPreprocessor.Run([Recording(2, (0, 0, 1), (0, 1, 1), (1, 0, 4), (1, 1, 4), (2, 0, 2), (2, 1, 2))], frames: 2);
        ClipSet two = NtuPreprocessor.Run([Recording(2, (0, 0, 4), (0, 1, 4), (1, 0, 2), (1, 1, 2))], frames: 2);

        Assert.That(clips.Data, Is.EqualTo(two.Data));
    }

    [Test]
    public void Run_TooLongOrEmpty_SaysSo()
    {
        Assert.That(() => NtuPreprocessor.Run([Recording(301, (0, 0, 1))]), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            "a.skeleton: the recording has 301 frames; a clip has at most 300. Cut the recording."));
        Assert.That(() => NtuPreprocessor.Run([Recording(7)]), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(
            "a.skeleton: no body is in any of the 7 frames; a clip needs one. Leave the file out, as 2s-AGCN's list of missing skeletons does."));
    }

    [Test]
    public void Read_FolderOfRecordings_GivesOneClipEach()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "b.skeleton", "a.skeleton", "readme.txt" })
            folder.File(name, System.Text.Encoding.UTF8.GetBytes("1\n1\n" + SkeletonFileTests.Body(1)));

        ClipSet clips = ClipSource.Read(folder.Path);

        Assert.That((clips.Count, clips.Frames, clips.Persons), Is.EqualTo((2, 300, 2)));
    }

    /// <summary>Bodies of a fixed, lopsided pose, scaled.</summary>
    private static SkeletonRecording Recording(int frames, params (int Body, int Frame, double Scale)[] seen)
    {
        var bodies = new double[SkeletonRecording.BodySlots * frames * FrameSize];
        foreach ((int body, int frame, double scale) in seen)
        {
            for (int i = 0; i < FrameSize; i++)
                bodies[(((body * frames) + frame) * FrameSize) + i] = scale * Math.Sin(1 + i);
        }

        return new SkeletonRecording("a.skeleton", frames, bodies);
    }

    private static float[] At(ClipSet clips, int frame, int joint) =>
        [.. Enumerable.Range(0, 3).Select(c => clips.Clip(0)[(((c * clips.Frames) + frame) * clips.Joints + joint) * clips.Persons])];
}
