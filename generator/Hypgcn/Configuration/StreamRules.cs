namespace Hypgcn.Configuration;

/// <summary>What two configurations must have in common for their scores to be added.</summary>
public static class StreamRules
{
    /// <summary>Compares classes, channels, frames, joints, persons and input skipping.</summary>
    /// <param name="firstName">What a message calls the first: its file or folder.</param>
    /// <param name="first">One stream.</param>
    /// <param name="secondName">The same of the second.</param>
    /// <param name="second">The other stream.</param>
    /// <exception cref="ConfigurationException">They differ in any of these: one message with all of them.</exception>
    public static void Check(string firstName, AcceleratorProject first, string secondName, AcceleratorProject second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (Text(first) != Text(second))
        {
            throw new ConfigurationException(
                [$"{secondName}: {Text(second)}; both streams see the same clips and name the same classes, and {firstName} has {Text(first)}. Give two that agree in these."]);
        }
    }

    private static string Text(AcceleratorProject project) =>
        $"{project.Model.Classes} classes and clips [C,T,V,M] = [{project.Model.InputChannels}, {project.Configuration.Frames}, {project.Model.Joints}, {project.Persons}] after input skipping {project.Configuration.Skip}";
}
