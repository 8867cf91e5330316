using System.Text.Json;
using Hypgcn.Emission;
using Hypgcn.Models;
using Hypgcn.Models.Formats;

namespace Hypgcn.Configuration;

/// <summary>Reads devices: those that are installed by name, others from a file.</summary>
public static class DeviceFile
{
    private const int Largest = 10_000_000;

    private static readonly JsonSerializerOptions Json = new(ConfigurationFile.Json);

    /// <summary>Names of the installed devices.</summary>
    public static IReadOnlyList<string> Installed =>
        [.. Directory.EnumerateFiles(TemplateFolder.Devices, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The device of a name or file.</summary>
    /// <param name="nameOrPath">What does not end in <c>.json</c> is the name of an installed device.</param>
    /// <exception cref="ConfigurationException">There is no such device, or the file is bad: all problems.</exception>
    public static Device Find(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return Read(nameOrPath);
        }
        return Installed.Contains(nameOrPath)
            ? Read(Path.Combine(TemplateFolder.Devices, nameOrPath + ".json"))
            : throw new ConfigurationException(
                [$"--device: {nameOrPath} is no device that is installed; there are {string.Join(", ", Installed)}. Use one of these, or the path of a file ending in .json."]);
    }

    /// <summary>The installed device that a part belongs to; null if there is none.</summary>
    public static Device? OfPart(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return Installed.FirstOrDefault(name => part.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is string name ? Find(name) : null;
    }

    private static Device Read(string path)
    {
        Device? device;
        try
        {
            device = JsonSerializer.Deserialize<Device>(ConfigurationFile.ReadText(path, "a device"), Json);
        }
        catch (ModelFormatException problem)
        {
            throw new ConfigurationException([problem.Message]);
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException([$"{path}: {JsonProblem.Describe(problem)}; a device is JSON as in docs/tuning.md. Compare with it."]);
        }
        var problems = device is null ? ["it is null; a device is an object. Compare with docs/tuning.md."] : Problems(device).ToList();
        return problems.Count == 0 ? device! : throw new ConfigurationException([.. problems.Select(problem => $"{path}: {problem}")]);
    }

    private static IEnumerable<string> Problems(Device device)
    {
        foreach (var (key, value, least) in new[]
        {
            ("dsp", device.Dsp, 1), ("bram36", device.Bram36, 1), ("uram", device.Uram, 0), ("lut", device.Lut, 1), ("lut_ram", device.LutRam, 0), ("ff", device.Ff, 1),
        })
        {
            if (value < least || value > Largest)
            {
                yield return $"{key}: {value}; it must be {least} to {Largest}. Change it.";
            }
        }
        if (device.MultiplierBits is < 18 or > 64)
        {
            yield return $"multiplier_bits: {device.MultiplierBits}; it must be 18 to 64. Change it.";
        }
        foreach (var (key, value) in new[] { ("name", device.Name), ("part", device.Part), ("source", device.Source) })
        {
            if (value.Length == 0)
            {
                yield return $"{key}: it is empty; it must be a text. Give it.";
            }
        }
    }
}
