using System.Globalization;
using System.Text.Json;
using Hypgcn.Hardware;

namespace Hypgcn.Synthesis;

/// <summary>A mapped module, as Yosys writes it as JSON.</summary>
internal sealed class Netlist
{
    internal sealed record Pin(string Port, int[] Bits, bool IsOutput);

    internal sealed record Cell(string Name, string Type, Pin[] Pins);

    private Netlist(Cell[] cells, Pin[] ports, Dictionary<int, string> names, ChildInstance[] children, Resources own)
    {
        Cells = cells;
        Ports = ports;
        Names = names;
        Children = children;
        Own = own;
    }

    /// <summary>Cells of the device and instances of children.</summary>
    internal Cell[] Cells { get; }

    /// <summary>Ports of the module.</summary>
    internal Pin[] Ports { get; }

    /// <summary>Signal names that the source has, by bit.</summary>
    internal Dictionary<int, string> Names { get; }

    internal ChildInstance[] Children { get; }

    internal Resources Own { get; }

    /// <summary>Reads one module.</summary>
    /// <param name="module">Its JSON.</param>
    /// <param name="isChild">Whether a cell type is a module of the design.</param>
    internal static Netlist Read(JsonElement module, Func<string, bool> isChild)
    {
        var cells = new List<Cell>();
        var children = new List<ChildInstance>();
        var own = default(Resources);
        foreach (var cell in module.GetProperty("cells").EnumerateObject())
        {
            var type = cell.Value.GetProperty("type").GetString()!;
            if (isChild(type))
            {
                children.Add(new ChildInstance(cell.Name, ModuleConfiguration.Of(type, Parameters(cell.Value))));
            }
            else
            {
                own += CellLibrary.Cost(type) ?? throw new HypgcnException($"{cell.Name}: synthesis left a cell of type {type}; it is none of the device's. Report it.");
            }
            cells.Add(new Cell(cell.Name, type, Pins(cell.Value)));
        }
        return new Netlist([.. cells], ModulePorts(module), BitNames(module), [.. children], own);
    }

    private static Pin[] Pins(JsonElement cell)
    {
        var directions = cell.GetProperty("port_directions");
        return [.. cell.GetProperty("connections").EnumerateObject().Select(
            port => new Pin(port.Name, Bits(port.Value), directions.GetProperty(port.Name).GetString() == "output"))];
    }

    private static Pin[] ModulePorts(JsonElement module) =>
        [.. module.GetProperty("ports").EnumerateObject().Select(
            port => new Pin(port.Name, Bits(port.Value.GetProperty("bits")), port.Value.GetProperty("direction").GetString() == "output"))];

    // Constants are -1.
    private static int[] Bits(JsonElement bits) =>
        [.. bits.EnumerateArray().Select(bit => bit.ValueKind == JsonValueKind.Number ? bit.GetInt32() : -1)];

    private static Dictionary<int, string> BitNames(JsonElement module)
    {
        var names = new Dictionary<int, string>();
        foreach (var net in module.GetProperty("netnames").EnumerateObject())
        {
            if (net.Value.GetProperty("hide_name").GetInt32() != 0)
            {
                continue;
            }
            var bits = Bits(net.Value.GetProperty("bits"));
            for (var n = 0; n < bits.Length; n++)
            {
                var name = bits.Length == 1 ? net.Name : string.Create(CultureInfo.InvariantCulture, $"{net.Name}[{n}]");
                if (!names.TryGetValue(bits[n], out var other) || name.Length < other.Length)
                {
                    names[bits[n]] = name;
                }
            }
        }
        return names;
    }

    private static IEnumerable<KeyValuePair<string, string>> Parameters(JsonElement cell) =>
        cell.GetProperty("parameters").EnumerateObject().Select(parameter => KeyValuePair.Create(parameter.Name, Constant(parameter.Value)));

    // Bits are written as text; an integer has 32 and is signed, as in Verilog.
    private static string Constant(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.GetInt64().ToString(CultureInfo.InvariantCulture);
        }
        var text = value.GetString()!;
        if (text.Length == 0 || text.Any(letter => letter is not ('0' or '1')))
        {
            return $"\"{text.TrimEnd(' ')}\"";
        }
        return text.Length == 32
            ? unchecked((int)Convert.ToUInt32(text, 2)).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{text.Length}'b{text}");
    }
}
