namespace Hypgcn.CoSimulation;

/// <summary>
/// Simulations that were built before, each in a folder named after its contents. Any number of processes may use one
/// cache: a build is made beside its place under a lock, and renamed when complete.
/// </summary>
public sealed class BuildCache
{
    /// <summary>Environment variable that moves the cache.</summary>
    public const string Variable = "HYPGCN_CACHE";

    private const string Verilator = "verilator";
    private const int KeptBuilds = 40;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly int _kept;

    /// <summary>A cache in a folder, which need not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kept">Entries that stay when a new one comes; the last used ones do.</param>
    public BuildCache(string folder, int kept = KeptBuilds)
    {
        Folder = System.IO.Path.GetFullPath(folder);
        _kept = kept;
    }

    /// <summary>Full path.</summary>
    public string Folder { get; }

    /// <summary>
    /// <c>HYPGCN_CACHE</c>, else <c>.cache/verilator</c> of the checkout that the current folder is in, else the user's
    /// cache folder.
    /// </summary>
    /// <param name="tool">Whose results it holds; a tool other than Verilator has a folder of its own.</param>
    /// <param name="kept">Entries that stay.</param>
    public static BuildCache Default(string tool = Verilator, int kept = KeptBuilds)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            // Entries have no dot in their names, so the folder is none.
            return new BuildCache(tool == Verilator ? chosen : Path.Combine(chosen, $".{tool}"), kept);
        }

        for (DirectoryInfo? folder = new(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hypgcn.slnx")))
            {
                return new BuildCache(Path.Combine(folder.FullName, ".cache", tool), kept);
            }
        }

        string user = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new BuildCache(Path.Combine(user, "hypgcn", tool), kept);
    }

    /// <summary>Finds an entry or makes it.</summary>
    /// <param name="key">Name of the contents; a file name.</param>
    /// <param name="fileName">The file that an entry holds.</param>
    /// <param name="build">Gets an empty folder and leaves the file in it.</param>
    /// <param name="cancellationToken">Also ends the wait for another process.</param>
    /// <returns>Full path of the file, and whether it was there.</returns>
    internal async Task<(string Path, bool IsCached)> GetAsync(
        string key, string fileName, Func<string, Task> build, CancellationToken cancellationToken)
    {
        string entry = Path.Combine(Folder, key);
        string path = Path.Combine(entry, fileName);
        if (IsThere(path))
        {
            return (path, true);
        }

        Directory.CreateDirectory(Folder);
        await using FileStream gate = await LockAsync(entry + ".lock", cancellationToken).ConfigureAwait(false);
        if (IsThere(path))
        {
            return (path, true);
        }

        string staging = entry + ".staging";
        Delete(staging);
        Delete(entry);
        Directory.CreateDirectory(staging);
        await build(staging).ConfigureAwait(false);
        Directory.Move(staging, entry);
        RemoveOldest();
        return (path, false);
    }

    /// <summary>The time of use decides which entries stay.</summary>
    private static bool IsThere(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(path)!, DateTime.UtcNow);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A cache that may only be read still serves.
        }

        return true;
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void RemoveOldest()
    {
        DirectoryInfo[] entries = new DirectoryInfo(Folder).GetDirectories();
        foreach (DirectoryInfo entry in entries.Where(entry => !entry.Name.Contains('.', StringComparison.Ordinal))
            .OrderByDescending(entry => entry.LastWriteTimeUtc).Skip(_kept))
        {
            Delete(entry.FullName);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was faster.
        }
    }
}
