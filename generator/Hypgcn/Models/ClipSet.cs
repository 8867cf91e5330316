namespace Hypgcn.Models;

/// <summary>N clips of equal shape, [N, C, T, V, M], all values finite.</summary>
public sealed class ClipSet
{
    /// <summary>Takes over <paramref name="data"/>, [N, C, T, V, M], without a copy.</summary>
    public ClipSet(int count, int channels, int frames, int joints, int persons, float[] data)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(joints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(persons, 1);
        if ((long)count * channels * frames * joints * persons != data.LongLength)
            throw new ArgumentException("the shape does not match the data", nameof(data));
        Count = count;
        Channels = channels;
        Frames = frames;
        Joints = joints;
        Persons = persons;
        Data = data;
    }

    /// <summary>Number of clips N.</summary>
    public int Count { get; }

    /// <summary>Channels C: x, y, z.</summary>
    public int Channels { get; }

    /// <summary>Frames T.</summary>
    public int Frames { get; }

    /// <summary>Joints V.</summary>
    public int Joints { get; }

    /// <summary>Persons M.</summary>
    public int Persons { get; }

    /// <summary>[N, C, T, V, M].</summary>
    public float[] Data { get; }

    /// <summary>Values of one clip.</summary>
    public int ClipSize => Channels * Frames * Joints * Persons;

    /// <summary>One clip, [C, T, V, M].</summary>
    public ReadOnlySpan<float> Clip(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Data.AsSpan(index * ClipSize, ClipSize);
    }

    /// <summary>Input skipping: after each kept frame, <paramref name="skip"/> frames are left out; 0 keeps all, 1 every second (300 -> 150).</summary>
    public ClipSet WithSkip(int skip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        if (skip == 0)
            return this;
        int step = skip + 1;
        int kept = ((Frames - 1) / step) + 1;
        int frameSize = Joints * Persons;
        var data = new float[Count * Channels * kept * frameSize];
        for (int plane = 0; plane < Count * Channels; plane++)
        {
            for (int t = 0; t < kept; t++)
                Data.AsSpan(((plane * Frames) + (t * step)) * frameSize, frameSize).CopyTo(data.AsSpan(((plane * kept) + t) * frameSize));
        }

        return new ClipSet(Count, Channels, kept, Joints, Persons, data);
    }

    /// <summary>The first <paramref name="count"/> clips, or all where there are fewer.</summary>
    public ClipSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= Count ? this : Slice(0, count);
    }

    /// <summary>Clips <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    public ClipSet Slice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - first);
        return new ClipSet(count, Channels, Frames, Joints, Persons, Data[(first * ClipSize)..((first + count) * ClipSize)]);
    }
}
