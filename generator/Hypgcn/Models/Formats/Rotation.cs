namespace Hypgcn.Models.Formats;

/// <summary>The rotation that turns one direction onto another, with 2s-AGCN's thresholds and rounding.</summary>
internal static class Rotation
{
    private const double Smallest = 1e-6;

    /// <summary>Row-major 3x3.</summary>
    public static double[] Between(float[] bone, double[] axis)
    {
        double[] normal =
        [
            (bone[1] * axis[2]) - (bone[2] * axis[1]),
            (bone[2] * axis[0]) - (bone[0] * axis[2]),
            (bone[0] * axis[1]) - (bone[1] * axis[0]),
        ];
        double angle = Angle(bone, axis);
        if (Math.Abs(normal[0]) + Math.Abs(normal[1]) + Math.Abs(normal[2]) < Smallest || Math.Abs(angle) < Smallest)
            return [1, 0, 0, 0, 1, 0, 0, 0, 1];
        double length = Math.Sqrt((normal[0] * normal[0]) + (normal[1] * normal[1]) + (normal[2] * normal[2]));
        // Euler-Rodrigues: a rotation as a unit quaternion (a, b, c, d).
        double sine = Math.Sin(angle / 2);
        double a = Math.Cos(angle / 2);
        double b = -(normal[0] / length) * sine;
        double c = -(normal[1] / length) * sine;
        double d = -(normal[2] / length) * sine;
        return
        [
            (a * a) + (b * b) - (c * c) - (d * d), 2 * ((b * c) + (a * d)), 2 * ((b * d) - (a * c)),
            2 * ((b * c) - (a * d)), (a * a) + (c * c) - (b * b) - (d * d), 2 * ((c * d) + (a * b)),
            2 * ((b * d) + (a * c)), 2 * ((c * d) - (a * b)), (a * a) + (d * d) - (b * b) - (c * c),
        ];
    }

    private static double Angle(float[] bone, double[] axis)
    {
        if (Math.Abs(bone[0]) + Math.Abs(bone[1]) + Math.Abs(bone[2]) < Smallest)
            return 0;
        float norm = MathF.Sqrt((bone[0] * bone[0]) + (bone[1] * bone[1]) + (bone[2] * bone[2]));
        double cosine = ((bone[0] / norm) * axis[0]) + ((bone[1] / norm) * axis[1]) + ((bone[2] / norm) * axis[2]);
        return Math.Acos(Math.Clamp(cosine, -1, 1));
    }
}
