namespace Hypgcn.Build;

/// <summary>A problem that the user can act on: one line, exit code 2.</summary>
internal sealed class BuildException(string message) : Exception(message);
