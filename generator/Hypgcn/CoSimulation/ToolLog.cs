namespace Hypgcn.CoSimulation;

/// <summary>Collects both streams of a program into one file and keeps the ends of each.</summary>
internal sealed class ToolLog : IDisposable
{
    private const int KeptLines = 40;

    private readonly Lock _gate = new();
    private readonly StreamWriter _file;
    private readonly Action<string>? _onLine;
    private readonly Queue<string> _all = new();
    private readonly Queue<string> _errors = new();

    internal ToolLog(ToolCommand command, string commandLine)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(command.LogPath))!);
        _file = new StreamWriter(command.LogPath) { NewLine = "\n" };
        _file.WriteLine($"$ {commandLine}");
        _onLine = command.OnLine;
    }

    internal IReadOnlyList<string> LastLines => Snapshot(_all);

    internal IReadOnlyList<string> LastErrorLines => Snapshot(_errors.Count > 0 ? _errors : _all);

    internal void AddOutput(string line) => Add(line, isError: false);

    internal void AddError(string line) => Add(line, isError: true);

    internal void AddNote(string note) => Add($"[{note}]", isError: false);

    public void Dispose() => _file.Dispose();

    private void Add(string line, bool isError)
    {
        lock (_gate)
        {
            _file.WriteLine(line);
            Keep(_all, line);
            if (isError)
            {
                Keep(_errors, line);
            }

            _onLine?.Invoke(line);
        }
    }

    private IReadOnlyList<string> Snapshot(Queue<string> lines)
    {
        lock (_gate)
        {
            return [.. lines];
        }
    }

    private static void Keep(Queue<string> lines, string line)
    {
        lines.Enqueue(line);
        if (lines.Count > KeptLines)
        {
            lines.Dequeue();
        }
    }
}
