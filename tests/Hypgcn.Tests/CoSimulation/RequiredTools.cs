using Hypgcn.CoSimulation;

namespace Hypgcn.Tests.CoSimulation;

/// <summary>Skips a test where a tool is missing; in CI that is a failure.</summary>
internal static class RequiredTools
{
    public static void Check(params string[] tools)
    {
        string[] missing = [.. tools.Where(tool => ToolLocator.Find(tool) is null)];
        if (missing.Length == 0)
            return;
        string reason = $"not in PATH: {string.Join(", ", missing)}; see `hypgcn doctor`";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Ignore(reason);
    }
}
