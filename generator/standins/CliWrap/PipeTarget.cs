using System.Text;

namespace CliWrap;

/// <summary>Where an output stream of a command goes.</summary>
public abstract class PipeTarget
{
    /// <summary>Reads the stream to its end and drops it.</summary>
    public static PipeTarget Null { get; } = ToDelegate(_ => { });

    /// <summary>Reads a stream to its end.</summary>
    public abstract Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default);

    /// <summary>Calls the delegate with each line as it comes.</summary>
    public static PipeTarget ToDelegate(Action<string> handleLine) => new LineTarget(handleLine);

    private sealed class LineTarget(Action<string> handleLine) : PipeTarget
    {
        public override async Task CopyFromAsync(Stream origin, CancellationToken cancellationToken = default)
        {
            using var reader = new StreamReader(origin, Encoding.Default, leaveOpen: true);
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is string line)
            {
                handleLine(line);
            }
        }
    }
}
