namespace Hypgcn.Cycles;

/// <summary>Who offers values to data_norm.</summary>
internal interface IInputPort
{
    /// <summary>Cycle in which each clip's first value, or beat, was accepted.</summary>
    long[] First { get; }

    /// <summary>Cycle in which each clip's last value, or beat, was accepted.</summary>
    long[] Last { get; }

    /// <summary>Nothing is left to offer.</summary>
    bool Done { get; }

    /// <summary>Nothing changes, whether and what is offered included, until a value is taken.</summary>
    bool IsSettled { get; }

    /// <summary>Whether a value is offered in this cycle.</summary>
    bool Evaluate(long cycle);

    /// <summary>The end of a cycle.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="fire">Whether data_norm took a value.</param>
    void Commit(long cycle, bool fire);
}
