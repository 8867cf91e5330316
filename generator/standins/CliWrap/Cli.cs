namespace CliWrap;

/// <summary>Where commands start: <c>Cli.Wrap("tool")</c>.</summary>
public static class Cli
{
    public static Command Wrap(string targetFilePath) => new(targetFilePath);
}
