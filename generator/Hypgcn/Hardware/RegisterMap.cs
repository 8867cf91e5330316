namespace Hypgcn.Hardware;

/// <summary>
/// The one description of the shell's registers: the Verilog, the C header and the Markdown are made from it. Names, offsets and
/// fields are the same for every design of one <see cref="Version"/>; only constants and the number of counters differ.
/// </summary>
public sealed class RegisterMap
{
    /// <summary>Reads as this in every design: "HYPG".</summary>
    public const uint Identity = 0x48595047;

    /// <summary>Major version in the upper half, minor in the lower. A driver works with any minor version.</summary>
    public const uint Version = 0x0001_0000;

    /// <summary>Byte offset of the first counter.</summary>
    public const int CounterOffset = 0x400;

    /// <param name="design">The design.</param>
    /// <param name="hash">The first 64 bits of the SHA-256 of its manifest.</param>
    public RegisterMap(AcceleratorDesign design, ulong hash)
    {
        ArgumentNullException.ThrowIfNull(design);
        Hash = hash;
        Stages = design.Stages;
        Fifos = design.FifoNames;
        Registers = [.. About(design, hash), .. Control(), .. Counts()];
        Counters =
        [
            .. Stages.SelectMany(stage => new[] { $"busy cycles of {stage}", $"blocked cycles of {stage}" }),
            .. Fifos.Select(fifo => $"words dropped by {fifo}"),
        ];
    }

    /// <summary>What tells this design from others.</summary>
    public ulong Hash { get; }

    /// <summary>All single registers, by offset.</summary>
    public IReadOnlyList<Register> Registers { get; }

    /// <summary>What each counter from <see cref="CounterOffset"/> on counts.</summary>
    public IReadOnlyList<string> Counters { get; }

    /// <summary>Stages, each with a counter of busy and one of blocked cycles.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>RFC FIFOs, each with a counter of dropped words after those of the stages.</summary>
    public IReadOnlyList<string> Fifos { get; }

    /// <summary>Width of an address; 4 KiB at least, as address maps count in these.</summary>
    public int AddressBits => Math.Max(12, BlockImages.BitsFor(CounterOffset + (4 * Counters.Count)));

    private static Register Whole(string name, int offset, FieldKind kind, string text, uint value = 0, bool tellsReads = false) =>
        new(name, offset, text, [new RegisterField("", 0, 32, kind, text, value)], tellsReads);

    private static Register Constant(string name, int offset, string text, uint value) => Whole(name, offset, FieldKind.Constant, text, value);

    private static IEnumerable<Register> About(AcceleratorDesign design, ulong hash) =>
    [
        Constant("id", 0x00, "0x48595047 in every design", Identity),
        Constant("version", 0x04, "Version of this register map: major in the upper half, minor in the lower", Version),
        Constant("hash_high", 0x08, "First 32 bits of the SHA-256 of manifest.json: which design this is", (uint)(hash >> 32)),
        Constant("hash_low", 0x0C, "Next 32 bits of it", (uint)(hash & 0xFFFF_FFFF)),
        Constant("clip_values", 0x10, "Values of a clip", (uint)design.ClipValues),
        Constant("classes", 0x14, "Logits of a clip", (uint)design.Model.Classes),
        new("formats", 0x18, "Number formats of the streams; fraction bits are signed",
        [
            Format("value_bits", 0, "Bits of an input value", design.Model.FeatureBits),
            Format("value_fraction", 8, "Its fraction bits", design.Model.Input.ClipFractionBits),
            Format("logit_bits", 16, "Bits of a logit, sign-extended to the beat", design.LogitBits),
            Format("logit_fraction", 24, "Its fraction bits", design.Model.Classifier.FractionBits),
        ]),
        new("counters", 0x1C, "Number of counters",
        [
            new("stages", 0, 16, FieldKind.Constant, "Stages: counter 2s is busy, 2s + 1 blocked cycles of stage s", (uint)design.Stages.Count),
            new("fifos", 16, 16, FieldKind.Constant, "RFC FIFOs: the counters after those of the stages", (uint)design.FifoNames.Count),
        ]),
    ];

    // A fraction may be negative: its byte in two's complement.
    private static RegisterField Format(string name, int low, string text, int value) =>
        new(name, low, 8, FieldKind.Constant, text, unchecked((byte)value));

    private static IEnumerable<Register> Control() =>
    [
        new("control", 0x20, "Reset and counters",
        [
            new("reset", 0, 1, FieldKind.Trigger,
                "Resets everything but the AXI4-Lite port and this register: clips under way are lost, status and counters are cleared"),
            new("discard", 1, 1, FieldKind.ReadWrite,
                "What a reset does to the input: 1 discards it up to the next TLAST, 0 takes the next beat as the first of a clip"),
            new("hold", 2, 1, FieldKind.ReadWrite, "Cycle and stage counters stand still"),
        ]),
        new("status", 0x24, "What happened; write 1 to clear",
        [
            new("short_clip", 0, 1, FieldKind.Sticky, "A clip ended early and was filled up with zeros"),
            new("long_clip", 1, 1, FieldKind.Sticky, "A clip was too long; the excess was discarded"),
            new("dropped_words", 2, 1, FieldKind.Sticky, "An RFC FIFO dropped words"),
            new("clip_open", 8, 1, FieldKind.ReadOnly, "A clip has begun and its TLAST has not come"),
            new("discarding", 9, 1, FieldKind.ReadOnly, "Input is discarded up to the next TLAST"),
        ]),
    ];

    private static IEnumerable<Register> Counts() =>
    [
        Whole("clips", 0x28, FieldKind.ReadOnly, "Clips that went in completely, filled up where short"),
        Whole("results", 0x2C, FieldKind.ReadOnly, "Clips whose last logit went out"),
        Whole("short_clips", 0x30, FieldKind.ReadOnly, "Clips that were short"),
        Whole("long_clips", 0x34, FieldKind.ReadOnly, "Clips that were long"),
        Whole("first_bad_clip", 0x38, FieldKind.ReadOnly,
            "Number, from 0, of the first short or long clip after both bits of status were clear"),
        Whole("cycles_low", 0x3C, FieldKind.ReadOnly, "Cycles since reset, lower half; reading it stores both halves", tellsReads: true),
        Whole("cycles_high", 0x40, FieldKind.ReadOnly, "Upper half, as stored when the lower was read"),
    ];
}
