namespace Hypgcn.Emission;

/// <summary>The folders with templates, the co-simulation harness and the example, which the build puts beside the assembly.</summary>
public static class TemplateFolder
{
    /// <summary>Full path of <c>templates/</c>.</summary>
    /// <exception cref="HypgcnException">The installation lacks it.</exception>
    public static string Templates => Locate("templates");

    /// <summary>Full path of <c>cosim/</c>.</summary>
    /// <exception cref="HypgcnException">The installation lacks it.</exception>
    public static string CoSimulation => Locate("cosim");

    /// <summary>Full path of <c>examples/demo/</c>: a small trained network with its clips.</summary>
    /// <exception cref="HypgcnException">The installation lacks it.</exception>
    public static string Demo => Locate(Path.Combine("examples", "demo"));

    /// <summary>Full path of <c>devices/</c>: one file for each device that is known by name.</summary>
    /// <exception cref="HypgcnException">The installation lacks it.</exception>
    public static string Devices => Locate("devices");

    /// <summary>Full path of a folder beside the program.</summary>
    internal static string Locate(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name);
        return Directory.Exists(path)
            ? path
            : throw new HypgcnException(
                $"{path}: the folder is missing; it is installed beside the program. Build or install hypgcn again.");
    }
}
