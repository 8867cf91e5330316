using Hypgcn.Build;

string root = Environment.GetEnvironmentVariable("HYPGCN_ROOT") is { Length: > 0 } given
    ? given
    : Directory.GetCurrentDirectory();
// The terminal sends Ctrl-C to the children as well; they end, and their exit code comes back.
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
try
{
    return new EntryPoint(root).Run(args);
}
catch (BuildException problem)
{
    Console.Error.WriteLine($"build: {problem.Message}");
    return 2;
}
