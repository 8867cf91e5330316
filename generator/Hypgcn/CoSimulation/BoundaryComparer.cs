using Hypgcn.Hardware;
using Hypgcn.Reference;

namespace Hypgcn.CoSimulation;

/// <summary>Compares every bank that passed one boundary with the golden model.</summary>
internal sealed class BoundaryComparer(CoSimulationDesign design, Boundary boundary, CoSimulationJob job)
{
    private const int BankChannels = 16;

    private readonly MismatchList _mismatches = new();
    private readonly short[] _expected = new short[BankChannels];

    /// <summary>Reads the file of the boundary to its end.</summary>
    /// <returns>What differs, and how many banks were compared.</returns>
    internal (MismatchList Mismatches, long Banks) Compare(string path)
    {
        using var taps = new TapReader(path);
        long banks = 0;
        for (int clip = 0; clip < job.Clips.Count; clip++)
        {
            short[] features = Features(job.Traces[clip]);
            int rows = checked(design.Persons * boundary.Frames * design.Joints);
            if (features.Length != rows * boundary.Channels)
            {
                throw new ArgumentException(
                    $"{boundary.Name} has {features.Length} expected values; its shape has {rows * boundary.Channels}", nameof(path));
            }

            for (int row = 0; row < rows; row++)
            {
                for (int bank = 0; bank < boundary.Banks; bank++)
                {
                    banks += CompareBank(taps, features, clip, row, bank) ? 1 : 0;
                }
            }
        }

        while (taps.Read())
        {
            _mismatches.Add(new Mismatch
            {
                Kind = MismatchKind.Extra,
                Boundary = boundary.Name,
                Block = boundary.Block,
                Cycle = taps.Cycle,
                Actual = taps.Hot,
                Bits = BankChannels,
            });
        }

        return (_mismatches, banks);
    }

    private bool CompareBank(TapReader taps, short[] features, int clip, int row, int bank)
    {
        int hot = Expect(features, row, bank);
        if (!taps.Read())
        {
            _mismatches.Add(At(MismatchKind.Missing, clip, row, bank, 0) with { Expected = _expected[0] });
            return false;
        }

        int channel = _expected.AsSpan().CommonPrefixLength(taps.Values);
        if (channel < BankChannels)
        {
            _mismatches.Add(At(MismatchKind.Value, clip, row, bank, channel) with
            {
                Cycle = taps.Cycle,
                Expected = _expected[channel],
                Actual = taps.Values[channel],
            });
        }
        else if (hot != taps.Hot)
        {
            _mismatches.Add(At(MismatchKind.HotCode, clip, row, bank, 0) with
            {
                Cycle = taps.Cycle,
                Expected = hot,
                Actual = taps.Hot,
                Bits = BankChannels,
            });
        }

        return true;
    }

    /// <summary>Fills the expected channels of a bank, those after the last of the row with zeros; returns its hot code.</summary>
    private int Expect(short[] features, int row, int bank)
    {
        int first = bank * BankChannels;
        int count = Math.Min(BankChannels, boundary.Channels - first);
        Array.Clear(_expected);
        features.AsSpan((row * boundary.Channels) + first, count).CopyTo(_expected);
        int hot = 0;
        for (int channel = 0; channel < count; channel++)
        {
            hot |= _expected[channel] != 0 ? 1 << channel : 0;
        }

        return hot;
    }

    private short[] Features(ClipTrace trace) =>
        boundary.IsMiddle ? trace.Middle[boundary.Block - 1] : trace.Features[boundary.Block];

    private Mismatch At(MismatchKind kind, int clip, int row, int bank, int channel)
    {
        int frame = row / design.Joints;
        return new Mismatch
        {
            Kind = kind,
            Boundary = boundary.Name,
            Block = boundary.Block,
            Clip = job.FirstClip + clip,
            Person = frame / boundary.Frames,
            Frame = frame % boundary.Frames,
            Joint = row % design.Joints,
            Channel = (bank * BankChannels) + channel,
            Bits = design.Bits,
        };
    }
}
