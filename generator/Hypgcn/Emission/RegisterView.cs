using System.Globalization;
using Hypgcn.Hardware;

namespace Hypgcn.Emission;

/// <summary>The registers as the templates for Verilog, C and Markdown print them.</summary>
public sealed record RegisterView
{
    /// <summary>A register: its word address as a Verilog literal, and what a read gives.</summary>
    public sealed record Word(string Name, string Address, string Value);

    /// <summary>A field of one bit that is written: its port without ending, the signal of the register's write, its bit.</summary>
    public sealed record Flag(string Name, string Write, int Index);

    /// <summary>A register as documents describe it.</summary>
    public sealed record Entry(string Name, string Macro, string Offset, string Text, IReadOnlyList<Field> Fields);

    /// <summary>A field as documents describe it.</summary>
    public sealed record Field(string Name, string Macro, string Bits, string Access, string Text, int Low, string Mask, string Reset, bool IsNamed);

    /// <summary>A name as a C macro, and its number.</summary>
    public sealed record Macro(string Name, int Index);

    /// <summary>A counter as documents describe it.</summary>
    public sealed record Counter(int Index, string Offset, string Text);

    public required string Command { get; init; }
    public required string Design { get; init; }
    public required string Module { get; init; }
    public required int AddressBits { get; init; }
    public required int AddressMsb { get; init; }
    public required int WordBits { get; init; }
    public required string CounterWord { get; init; }
    public required int CounterIndex { get; init; }
    public required string CounterOffset { get; init; }
    public required string WideWord { get; init; }
    public required string Hash { get; init; }
    public required string Identity { get; init; }
    public required string Version { get; init; }
    public required string Upper { get; init; }
    public required IReadOnlyList<Macro> Stages { get; init; }
    public required IReadOnlyList<Macro> Fifos { get; init; }
    public required IReadOnlyList<string> Ports { get; init; }
    public required IReadOnlyList<Word> Fixed { get; init; }
    public required IReadOnlyList<Word> Live { get; init; }
    public required IReadOnlyList<Word> Written { get; init; }
    public required IReadOnlyList<Word> Told { get; init; }
    public required IReadOnlyList<Flag> Triggers { get; init; }
    public required IReadOnlyList<Flag> Kept { get; init; }
    public required IReadOnlyList<Flag> Stickies { get; init; }
    public required IReadOnlyList<Entry> Registers { get; init; }
    public required IReadOnlyList<Counter> Counters { get; init; }

    internal static RegisterView Of(ShellDesign shell, string command)
    {
        var map = shell.Registers;
        var wordBits = map.AddressBits - 2;
        return new RegisterView
        {
            Command = command,
            Design = shell.Design.Name,
            Module = $"{shell.Design.Name}_registers",
            AddressBits = map.AddressBits,
            AddressMsb = map.AddressBits - 1,
            WordBits = wordBits,
            CounterWord = VerilogLiteral.Unsigned(RegisterMap.CounterOffset / 4, wordBits),
            CounterIndex = RegisterMap.CounterOffset / 4,
            CounterOffset = Hex(RegisterMap.CounterOffset, 3),
            WideWord = wordBits == 16 ? "read_word" : $"{{{VerilogLiteral.Unsigned(0, 16 - wordBits)}, read_word}}",
            Hash = map.Hash.ToString("x16", CultureInfo.InvariantCulture),
            Identity = Hex(RegisterMap.Identity, 8),
            Version = Hex(RegisterMap.Version, 8),
            Upper = shell.Design.Name.ToUpperInvariant(),
            Stages = Macros(map.Stages),
            Fifos = Macros(map.Fifos),
            Ports = [.. map.Registers.SelectMany(Port)],
            Fixed = [.. map.Registers.Where(IsFixed).Select(register => Address(register, wordBits, Value(register)))],
            Live = [.. map.Registers.Where(register => !IsFixed(register)).Select(register => Address(register, wordBits, Value(register)))],
            Written = [.. map.Registers.Where(register => register.Fields.Any(IsWritten)).Select(register => Address(register, wordBits, ""))],
            Told = [.. map.Registers.Where(register => register.TellsReads).Select(register => Address(register, wordBits, ""))],
            Triggers = Flags(map, FieldKind.Trigger),
            Kept = Flags(map, FieldKind.ReadWrite),
            Stickies = Flags(map, FieldKind.Sticky),
            Registers = [.. map.Registers.Select(Describe)],
            Counters = [.. map.Counters.Select((text, n) => new Counter(n, Hex(RegisterMap.CounterOffset + (4 * n), 3), text))],
        };
    }

    private static Macro[] Macros(IReadOnlyList<string> names) =>
        [.. names.Select((name, n) => new Macro(name.ToUpperInvariant().Replace('.', '_'), n))];

    private static bool IsFixed(Register register) => register.Fields.All(field => field.Kind == FieldKind.Constant);

    private static bool IsWritten(RegisterField field) => field.Kind is FieldKind.ReadWrite or FieldKind.Trigger or FieldKind.Sticky;

    private static string Signal(Register register, RegisterField field) =>
        field.Name.Length == 0 ? register.Name : $"{register.Name}_{field.Name}";

    private static Word Address(Register register, int wordBits, string value) =>
        new(register.Name, VerilogLiteral.Unsigned(register.Offset / 4, wordBits), value);

    private static IEnumerable<string> Port(Register register)
    {
        foreach (var field in register.Fields)
        {
            var name = Signal(register, field);
            var range = field.Width == 1 ? "" : $"[{field.Width - 1}:0] ";
            if (field.Kind is FieldKind.ReadOnly or FieldKind.Trigger or FieldKind.Sticky)
            {
                yield return $"input  wire {range}{name}_i";
            }
            if (field.Kind is FieldKind.Trigger)
            {
                yield return $"output wire {name}_o";
            }
            if (field.Kind is FieldKind.ReadWrite or FieldKind.Sticky)
            {
                yield return $"output reg  {name}_o";
            }
        }
        if (register.TellsReads)
        {
            yield return $"output wire {register.Name}_read_o";
        }
    }

    /// <summary>The Verilog expression of 32 bits that a read gives.</summary>
    private static string Value(Register register)
    {
        var parts = new List<string>();
        var next = 0;
        foreach (var field in register.Fields)
        {
            if (field.Low > next)
            {
                parts.Add(VerilogLiteral.Unsigned(0, field.Low - next));
            }
            parts.Add(field.Kind switch
            {
                FieldKind.Constant => VerilogLiteral.Hex(field.Value, field.Width),
                FieldKind.ReadOnly or FieldKind.Trigger => $"{Signal(register, field)}_i",
                _ => $"{Signal(register, field)}_o",
            });
            next = field.High + 1;
        }
        if (next < 32)
        {
            parts.Add(VerilogLiteral.Unsigned(0, 32 - next));
        }
        parts.Reverse();
        return parts.Count == 1 ? parts[0] : $"{{{string.Join(", ", parts)}}}";
    }

    private static Flag[] Flags(RegisterMap map, FieldKind kind) =>
    [
        .. map.Registers.SelectMany(register => register.Fields.Where(field => field.Kind == kind)
            .Select(field => new Flag(Signal(register, field), $"write_{register.Name}", field.Low))),
    ];

    private static Entry Describe(Register register) =>
        new(register.Name, register.Name.ToUpperInvariant(), Hex(register.Offset, 3), register.Text, [.. register.Fields.Select(field => Describe(register, field))]);

    private static Field Describe(Register register, RegisterField field)
    {
        var access = field.Kind switch
        {
            FieldKind.Constant => "constant",
            FieldKind.ReadOnly => "read",
            FieldKind.ReadWrite => "read, write",
            FieldKind.Trigger => "write 1 starts",
            _ => "write 1 clears",
        };
        var mask = (uint)((((1UL << field.Width) - 1) << field.Low) & 0xFFFF_FFFF);
        return new Field(
            field.Name,
            Signal(register, field).ToUpperInvariant(),
            field.Width == 1 ? $"{field.Low}" : $"{field.High}:{field.Low}",
            access,
            field.Text,
            field.Low,
            Hex(mask, 8),
            field.Kind == FieldKind.Constant ? Hex(field.Value, (field.Width + 3) / 4) : "0",
            field.Name.Length > 0);
    }

    private static string Hex(uint value, int digits) => "0x" + value.ToString($"X{digits}", CultureInfo.InvariantCulture);

    private static string Hex(int value, int digits) => Hex((uint)value, digits);
}
