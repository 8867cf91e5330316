using Hypgcn.Tests.Architecture;

namespace Hypgcn.Tests;

/// <summary>Finds the folder <c>shared</c> beside the repository: research data that no user has.</summary>
internal static class SharedData
{
    /// <summary>Path of a file in the folder; ignores the test where the folder is absent.</summary>
    public static string Path(string relative)
    {
        string? root = FindRoot();
        if (root is null)
            Assert.Ignore("the folder 'shared' is not beside the repository");
        string path = System.IO.Path.Combine(root!, relative);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"shared/{relative} is missing");
            Assert.Ignore($"shared/{relative} is missing");
        }

        return path;
    }

    private static string? FindRoot()
    {
        // A work tree may lie some folders deeper than a plain checkout.
        for (DirectoryInfo? folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared");
            if (File.Exists(System.IO.Path.Combine(candidate, "data", "README.md")))
                return candidate;
        }

        return null;
    }
}
