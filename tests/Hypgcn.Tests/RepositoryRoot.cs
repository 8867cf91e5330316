namespace Hypgcn.Tests;

/// <summary>Finds the checkout that the test assembly was built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>A file of the checkout.</summary>
    public static string File(string relative) =>
        Path.Combine(Find() ?? throw new InvalidOperationException("Hypgcn.slnx was not found above the test assembly"), relative);

    /// <summary>The folder of Hypgcn.slnx, or null.</summary>
    public static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Hypgcn.slnx")))
                return folder.FullName;
        }

        return null;
    }
}
