namespace Hypgcn.Models.Formats;

/// <summary>Copies a strided view into C order.</summary>
internal static class StridedView
{
    public static Array Gather(Array source, long offset, int[] shape, long[] strides) => source switch
    {
        float[] f => Gather(f, offset, shape, strides),
        double[] d => Gather(d, offset, shape, strides),
        _ => Gather((long[])source, offset, shape, strides),
    };

    /// <summary>Strides of an array stored with its first index fastest.</summary>
    public static long[] FortranStrides(int[] shape)
    {
        var strides = new long[shape.Length];
        // Extents beside a zero may be anything.
        if (shape.Contains(0))
            return strides;
        long stride = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    private static T[] Gather<T>(T[] source, long offset, int[] shape, long[] strides)
    {
        int count = 1;
        foreach (int extent in shape)
            count *= extent;
        var result = new T[count];
        var index = new int[shape.Length];
        long position = offset;
        for (int i = 0; i < count; i++)
        {
            result[i] = source[position];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                position -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }
}
