using System.Globalization;
using System.Text;
using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Parses raw NTU RGB+D .skeleton text: frames, bodies of a frame, joints of a body, one count or record a line.</summary>
public sealed class SkeletonFile
{
    private const int MostFrames = 10_000;
    private const int MostBodies = 64;
    private const int LongestLine = 4096;
    private readonly string _path;
    private readonly TextReader _reader;
    private int _line;

    private SkeletonFile(string path, TextReader reader)
    {
        _path = path;
        _reader = reader;
    }

    /// <exception cref="ModelFormatException">The file is missing, truncated or not such text; the message names the line.</exception>
    public static SkeletonRecording Read(string path)
    {
        using FileStream stream = InputFile.OpenRead(path);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return new SkeletonFile(path, reader).Parse();
    }

    private SkeletonRecording Parse()
    {
        int frames = Count("frames", 1, MostFrames);
        // Grown frame by frame: the declared number is only a claim.
        var slots = Enumerable.Range(0, SkeletonRecording.BodySlots).Select(_ => new List<double>()).ToArray();
        Span<double> joints = stackalloc double[3 * SkeletonRecording.Joints];
        for (int t = 0; t < frames; t++)
        {
            int bodies = Count("bodies", 0, MostBodies);
            for (int body = 0; body < Math.Max(bodies, slots.Length); body++)
            {
                joints.Clear();
                if (body < bodies)
                    ReadBody(joints);
                if (body < slots.Length)
                    slots[body].AddRange(joints);
            }
        }

        while (_reader.ReadLine() is { } rest)
        {
            _line++;
            if (!string.IsNullOrWhiteSpace(rest))
                throw Wrong($"there is more text after {frames} frames", "the file ends with its last frame", "Copy the file again");
        }

        return new SkeletonRecording(_path, frames, [.. slots.SelectMany(s => s)]);
    }

    private void ReadBody(Span<double> joints)
    {
        NextLine(); // body id, hand states, lean, tracking state
        Count("joints", SkeletonRecording.Joints, SkeletonRecording.Joints);
        for (int joint = 0; joint < SkeletonRecording.Joints; joint++)
        {
            string line = NextLine();
            int position = 0;
            for (int axis = 0; axis < 3; axis++)
                joints[(3 * joint) + axis] = Number(line, ref position);
        }
    }

    private double Number(string line, ref int position)
    {
        while (position < line.Length && char.IsWhiteSpace(line[position]))
            position++;
        int start = position;
        while (position < line.Length && !char.IsWhiteSpace(line[position]))
            position++;
        if (!double.TryParse(line.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !float.IsFinite((float)value))
            throw Wrong($"the joint {Problem.Quoted(line)} was read", "a joint starts with three finite numbers x, y, z", "Repair or leave out the file");
        return value;
    }

    private int Count(string what, int smallest, int largest)
    {
        string line = NextLine();
        if (!int.TryParse(line, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int count) || count < smallest || count > largest)
        {
            string range = smallest == largest ? $"it is {smallest}" : $"it lies in {smallest}..{largest}";
            throw Wrong($"the number of {what} is {Problem.Quoted(line)}", range, "Repair or leave out the file");
        }

        return count;
    }

    private string NextLine()
    {
        _line++;
        // ReadLine would take a file without line ends into memory whole.
        var text = new StringBuilder();
        int c;
        while ((c = _reader.Read()) >= 0 && c != '\n')
        {
            if (text.Length == LongestLine)
                throw Wrong($"the line has more than {LongestLine} characters", "a record is shorter", "Check that this is a .skeleton file");
            text.Append((char)c);
        }

        if (c < 0 && text.Length == 0)
            throw Wrong("the file ends here", "its counts announce more", "It is truncated: copy it again");
        return text.ToString().TrimEnd('\r');
    }

    private ModelFormatException Wrong(string what, string rule, string todo) =>
        new($"{Problem.Shown(_path)}({_line}): {what}; {rule}. {todo}.");
}
