using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Makes clips of raw NTU RGB+D recordings as 2s-AGCN does (ntu_gendata.py, preprocess.py), so that its checkpoints apply.</summary>
/// <remarks>Values are float32 and are rounded where 2s-AGCN's are; angles and matrices are double.</remarks>
public static class NtuPreprocessor
{
    /// <summary>Persons kept of a recording.</summary>
    public const int Persons = 2;

    /// <summary>2s-AGCN's clip length.</summary>
    public const int DefaultFrames = 300;

    private const int Joints = SkeletonRecording.Joints;
    private const int FrameSize = 3 * Joints;

    /// <summary>One clip per recording, [N, 3, frames, 25, 2].</summary>
    /// <exception cref="ModelFormatException">A recording is longer than <paramref name="frames"/>, or holds no body.</exception>
    public static ClipSet Run(IReadOnlyList<SkeletonRecording> recordings, int frames = DefaultFrames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        int clipSize = 3 * frames * Joints * Persons;
        var data = new float[checked(recordings.Count * clipSize)];
        for (int n = 0; n < recordings.Count; n++)
        {
            SkeletonRecording recording = recordings[n];
            if (recording.Frames > frames)
                throw Problem.At(recording.Name, $"the recording has {recording.Frames} frames; a clip has at most {frames}. Cut the recording.");
            if (!recording.HasBody)
                throw Problem.At(recording.Name, $"no body is in any of the {recording.Frames} frames; a clip needs one. Leave the file out, as 2s-AGCN's list of missing skeletons does.");
            float[][] persons = Clip(recording, frames);
            Store(persons, frames, data.AsSpan(n * clipSize, clipSize));
        }

        return new ClipSet(recordings.Count, 3, frames, Joints, Persons, data);
    }

    /// <summary>The kept persons, each [frame, joint, xyz].</summary>
    private static float[][] Clip(SkeletonRecording recording, int frames)
    {
        int bodySize = recording.Frames * FrameSize;
        // Reversed ascending order, as numpy's argsort()[::-1]: among equals the later slot comes first.
        int[] order = [.. Enumerable.Range(0, SkeletonRecording.BodySlots).OrderBy(b => Energy(recording.Bodies.AsSpan(b * bodySize, bodySize))).Reverse()];
        var persons = new float[Persons][];
        for (int p = 0; p < Persons; p++)
        {
            persons[p] = new float[frames * FrameSize];
            for (int i = 0; i < bodySize; i++)
                persons[p][i] = (float)recording.Bodies[(order[p] * bodySize) + i];
            PadNullFrames(persons[p], frames);
        }

        Centre(persons, frames);
        Rotate(persons, frames, Rotation.Between(Bone(persons[0], from: 0, to: 1), [0, 0, 1]));
        Rotate(persons, frames, Rotation.Between(Bone(persons[0], from: 4, to: 8), [1, 0, 0]));
        return persons;
    }

    /// <summary>Sum over x, y, z of the standard deviation over joints and non-empty frames.</summary>
    private static double Energy(ReadOnlySpan<double> body)
    {
        var kept = new List<int>();
        for (int start = 0; start < body.Length; start += FrameSize)
        {
            if (body.Slice(start, FrameSize).IndexOfAnyExcept(0.0) >= 0)
                kept.Add(start);
        }

        double energy = 0;
        for (int axis = 0; axis < 3 && kept.Count > 0; axis++)
        {
            double sum = 0;
            double squares = 0;
            int count = kept.Count * Joints;
            foreach (int start in kept)
            {
                for (int j = 0; j < Joints; j++)
                    sum += body[start + (3 * j) + axis];
            }

            double mean = sum / count;
            foreach (int start in kept)
            {
                for (int j = 0; j < Joints; j++)
                    squares += Math.Pow(body[start + (3 * j) + axis] - mean, 2);
            }

            energy += Math.Sqrt(squares / count);
        }

        return energy;
    }

    /// <summary>Empty frames at the end repeat the recording from its start; where the first frame is empty, all empty ones are taken out first.</summary>
    private static void PadNullFrames(float[] person, int frames)
    {
        bool IsNull(int t) => person.AsSpan(t * FrameSize, FrameSize).IndexOfAnyExcept(0f) < 0;
        if (Array.TrueForAll(person, x => x == 0))
            return;
        if (IsNull(0))
        {
            int kept = 0;
            for (int t = 0; t < frames; t++)
            {
                if (!IsNull(t))
                    Array.Copy(person, t * FrameSize, person, kept++ * FrameSize, FrameSize);
            }

            Array.Clear(person, kept * FrameSize, (frames - kept) * FrameSize);
        }

        int used = frames;
        while (IsNull(used - 1))
            used--;
        for (int t = used; t < frames; t++)
            Array.Copy(person, (t - used) % used * FrameSize, person, t * FrameSize, FrameSize);
    }

    /// <summary>Subtracts joint 1 of the first person, frame by frame; joints that were not seen stay zero.</summary>
    private static void Centre(float[][] persons, int frames)
    {
        var centres = new float[3 * frames];
        for (int t = 0; t < frames; t++)
            Array.Copy(persons[0], (t * FrameSize) + 3, centres, 3 * t, 3);
        foreach (float[] person in persons)
        {
            for (int i = 0; i < person.Length; i += 3)
            {
                // 2s-AGCN's mask is the sum, not each value.
                float seen = person[i] + person[i + 1] + person[i + 2] != 0 ? 1 : 0;
                int frame = i / FrameSize;
                for (int axis = 0; axis < 3; axis++)
                    person[i + axis] = (person[i + axis] - centres[(3 * frame) + axis]) * seen;
            }
        }
    }

    private static float[] Bone(float[] person, int from, int to) =>
        [person[3 * to] - person[3 * from], person[(3 * to) + 1] - person[(3 * from) + 1], person[(3 * to) + 2] - person[(3 * from) + 2]];

    private static void Rotate(float[][] persons, int frames, double[] matrix)
    {
        foreach (float[] person in persons)
        {
            for (int i = 0; i < frames * FrameSize; i += 3)
            {
                (double x, double y, double z) = (person[i], person[i + 1], person[i + 2]);
                for (int row = 0; row < 3; row++)
                    person[i + row] = (float)((matrix[3 * row] * x) + (matrix[(3 * row) + 1] * y) + (matrix[(3 * row) + 2] * z));
            }
        }
    }

    private static void Store(float[][] persons, int frames, Span<float> clip)
    {
        int position = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            for (int frameJoint = 0; frameJoint < frames * Joints; frameJoint++)
            {
                for (int p = 0; p < Persons; p++)
                    clip[position++] = persons[p][(3 * frameJoint) + axis];
            }
        }
    }
}
