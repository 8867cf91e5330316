using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hypgcn.Hardware;

/// <summary>The AXI shell around an accelerator: widths of its ports and its registers.</summary>
public sealed class ShellDesign
{
    /// <param name="design">The accelerator.</param>
    /// <param name="manifest">Text of its manifest; the registers hold its hash.</param>
    public ShellDesign(AcceleratorDesign design, string manifest)
    {
        ArgumentNullException.ThrowIfNull(design);
        Design = design;
        Registers = new RegisterMap(design, HashOf(manifest));
    }

    /// <summary>The accelerator.</summary>
    public AcceleratorDesign Design { get; }

    /// <summary>The registers.</summary>
    public RegisterMap Registers { get; }

    /// <summary>Top module of the shell.</summary>
    public string Name => Design.Name + "_axi";

    /// <summary>Bytes of an input value.</summary>
    public int ValueBytes => Design.Model.FeatureBits / 8;

    /// <summary>Values in a beat of the input stream.</summary>
    public int BeatValues => Design.Parameters.BeatValues;

    /// <summary>Bytes of a beat of the input stream.</summary>
    public int InputBytes => BeatValues * ValueBytes;

    /// <summary>Whether a beat of the input stream may be kept in parts.</summary>
    public bool HasInputKeep => InputBytes > 1;

    /// <summary>Bytes of a beat of the output stream: a logit, sign-extended to a power of two.</summary>
    public int OutputBytes => Design.LogitBits <= 32 ? 4 : 8;

    /// <summary>What tells one design from another: the first 64 bits of the SHA-256 of its manifest.</summary>
    public static ulong HashOf(string manifest) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)));
}
