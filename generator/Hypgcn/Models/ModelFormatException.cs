namespace Hypgcn.Models;

/// <summary>A checkpoint, clip or label file is missing, corrupt, hostile or has the wrong shape.</summary>
public sealed class ModelFormatException : HypgcnException
{
    public ModelFormatException(string message) : base(message) { }

    public ModelFormatException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The single problems of a checkpoint whose file could be read, as the message lists them; else empty.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
