using System.ComponentModel;
using System.Text.Json.Serialization;
using Hypgcn.Hardware;
using Hypgcn.Sparsity;

namespace Hypgcn.Configuration;

/// <summary>The one declarative file of an accelerator, <c>accelerator.json</c>.</summary>
public sealed record AcceleratorConfiguration
{
    internal const string Joint = "joint";
    internal const string Bone = "bone";

    [Description("Name of the design: a letter, then letters, digits, '-' and '_', 64 at most.")]
    public string Name { get; init; } = "accelerator";

    [Description("The trained network: .pt, .pth, .safetensors or .npz; relative to this file.")]
    public string Checkpoint { get; init; } = "checkpoint.pt";

    [Description("Joint graph: ntu-25, ucla-20, openpose-18, or a joints.json relative to this file.")]
    public string Graph { get; init; } = "ntu-25";

    [Description("What the network is trained on: joint, the positions of joints, or bone, the bones of 2s-AGCN's second stream. Clips are joints in both cases; bones are derived from them.")]
    public string Stream { get; init; } = Joint;

    [Description("Temporal stride of each block, 1 to 8. Without it: 2 where a block has a residual convolution, else 1.")]
    [Legal(1, 8)]
    public IReadOnlyList<int>? Strides { get; init; }

    [Description("Frames of a clip as the accelerator sees it, after input skipping.")]
    [Legal(1, 4096)]
    public int Frames { get; init; } = 300;

    [Description("Persons of a clip. Without it: those data_bn was trained for.")]
    [Legal(1, 16)]
    public int? Persons { get; init; }

    [Description("Input skipping: of every so many recorded frames the first is used; 1 uses all.")]
    [Legal(1, 64)]
    public int Skip { get; init; } = 1;

    [Description("Width in bits of the input's values and of the classifier's weights, and of features and weights of all blocks without their own.")]
    [Legal(4, 16)]
    public int FeatureBits { get; init; } = 16;

    [Description("Width in bits of the blocks' features and weights: one number for all blocks, or one per block. hypgcn quantize applies it. Without it: feature_bits.")]
    [Legal(4, 16)]
    [JsonConverter(typeof(BlockBitsConverter))]
    public IReadOnlyList<int>? BlockFeatureBits { get; init; }

    [Description("Fraction bits per tensor, as hypgcn quantize writes them, or the preset \"q8.8\".")]
    public FormatChoice Formats { get; init; } = FormatChoice.Preset;

    [Description("Zeros that hypgcn quantize measured; depths of RFC FIFOs follow from them.")]
    public NetworkSparsity? Sparsity { get; init; }

    [Description("What hypgcn prune removes from the checkpoint. No other command uses it.")]
    public PruningConfiguration? Pruning { get; init; }

    [Description("Clock that the design is meant for, in MHz.")]
    [Legal(1, 1000)]
    public int ClockMhz { get; init; } = 172;

    [Description("Device that the Vivado scripts build for unless they are told another, as Vivado names it.")]
    public string Part { get; init; } = DesignTarget.DefaultPart;

    [Description("Whether each stage counts its busy and blocked cycles; the rest it is starved.")]
    public bool Counters { get; init; } = true;

    [Description("How much hardware the accelerator gets.")]
    public HardwareConfiguration Hardware { get; init; } = new();
}
