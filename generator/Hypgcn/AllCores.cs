namespace Hypgcn;

/// <summary>Work on many clips at a time.</summary>
public static class AllCores
{
    /// <summary>
    /// One worker per core. Without the limit the thread pool adds workers for as long as all are busy, and each holds the
    /// features of a whole clip.
    /// </summary>
    public static ParallelOptions With(CancellationToken cancellationToken = default) =>
        new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
}
