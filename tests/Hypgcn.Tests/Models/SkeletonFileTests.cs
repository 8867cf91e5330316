using System.Globalization;
using System.Text;
using Hypgcn.Models;

namespace Hypgcn.Tests.Models;

internal sealed class SkeletonFileTests
{
    [Test]
    public void Read_TwoFramesFiveBodies_KeepsFourSlots()
    {
        SkeletonRecording recording = Read("2\n0\n5\n" + string.Concat(Enumerable.Range(1, 5).Select(b => Body(b))) + "\n \n");

        Assert.That((recording.Frames, recording.HasBody, recording.Bodies.Length), Is.EqualTo((2, true, 4 * 2 * 75)));
        int fourthBodySecondFrameJoint7 = (3 * 2 * 75) + 75 + (7 * 3);
        Assert.That(recording.Bodies[fourthBodySecondFrameJoint7..(fourthBodySecondFrameJoint7 + 3)], Is.EqualTo(new[] { 4.07, 0.07, -4 }));
        Assert.That(recording.Bodies[..75], Is.All.Zero);
    }

    [Test]
    public void Read_WindowsLineEnds_AreAccepted() => Assert.That(Read("1\r\n1\r\n" + Body(1).ReplaceLineEndings("\r\n")).HasBody);

    [TestCase("", ": the file has 0 bytes; it must be a file with contents, not a pipe or a device. Check the path.")]
    [TestCase("\n", "(1): the number of frames is ''; it lies in 1..10000. Repair or leave out the file.")]
    [TestCase("2\n0\n", "(3): the file ends here; its counts announce more. It is truncated: copy it again.")]
    [TestCase("x\n", "(1): the number of frames is 'x'; it lies in 1..10000. Repair or leave out the file.")]
    [TestCase("0\n", "(1): the number of frames is '0'; it lies in 1..10000. Repair or leave out the file.")]
    [TestCase("999999999\n", "(1): the number of frames is '999999999'; it lies in 1..10000. Repair or leave out the file.")]
    [TestCase("1\n-1\n", "(2): the number of bodies is '-1'; it lies in 0..64. Repair or leave out the file.")]
    [TestCase("1\n1\nbody\n24\n", "(4): the number of joints is '24'; it is 25. Repair or leave out the file.")]
    [TestCase("1\n1\nbody\n25\n1 2\n", "(5): the joint '1 2' was read; a joint starts with three finite numbers x, y, z. Repair or leave out the file.")]
    [TestCase("1\n1\nbody\n25\n1 nan 3\n", "(5): the joint '1 nan 3' was read; a joint starts with three finite numbers x, y, z. Repair or leave out the file.")]
    [TestCase("1\n1\nbody\n25\n1 2 1e39\n", "(5): the joint '1 2 1e39' was read; a joint starts with three finite numbers x, y, z. Repair or leave out the file.")]
    [TestCase("1\n0\nmore\n", "(3): there is more text after 1 frames; the file ends with its last frame. Copy the file again.")]
    public void Read_BadText_NamesTheLine(string text, string expected) =>
        Assert.That(BadFile.Message("a.skeleton", text, p => SkeletonFile.Read(p)), Is.EqualTo("FILE" + expected));

    [Test]
    public void Read_LineWithoutEnd_IsAnError() => Assert.That(BadFile.Message("a.skeleton", new string('1', 10_000), p => SkeletonFile.Read(p)), Is.EqualTo(
        "FILE(1): the line has more than 4096 characters; a record is shorter. Check that this is a .skeleton file."));

    /// <summary>Joint j of body b lies at (b + j / 100, j / 100, -b).</summary>
    internal static string Body(int body)
    {
        var text = new StringBuilder("72057594037932069 0 1 1 1 1 0 -0.03 -0.25 2\n25\n");
        for (int j = 0; j < 25; j++)
            text.Append(CultureInfo.InvariantCulture, $"{body + (j / 100.0):0.00} {j / 100.0:0.00} {-body} 1 2 3 4 0 0 0 0 2\n");
        return text.ToString();
    }

    private static SkeletonRecording Read(string text)
    {
        using var folder = new TemporaryFolder();
        return SkeletonFile.Read(folder.File("a.skeleton", Encoding.UTF8.GetBytes(text)));
    }
}
