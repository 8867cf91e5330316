namespace Hypgcn.Emission;

/// <summary>A template cannot be read, parsed or rendered. <see cref="Line"/> and <see cref="Column"/> count from 1.</summary>
public sealed class TemplateException : HypgcnException
{
    public TemplateException(string file, int line, int column, string problem, Exception? inner = null)
        : base(FormattableString.Invariant($"{file}({line},{column}): {OneLine(problem)}."), inner!)
    {
        File = file;
        Line = line;
        Column = column;
    }

    public string File { get; }

    public int Line { get; }

    public int Column { get; }

    private static string OneLine(string problem) =>
        problem.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
