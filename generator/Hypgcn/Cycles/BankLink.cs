namespace Hypgcn.Cycles;

/// <summary>A hand-shake of banks between two stages.</summary>
/// <param name="source">Gives them.</param>
/// <param name="sink">Takes them.</param>
/// <param name="ahead">They are handed over as far ahead as it is known when.</param>
internal sealed class BankLink(BankSource source, BankSink sink, bool ahead)
{
    private long _next; // a bank a cycle

    private long Cycle => Math.Max(Math.Max(source.OutCycle, sink.ReadyCycle), _next);

    /// <summary>Hands over, after everything else of the cycle.</summary>
    public void Commit(long now)
    {
        var isMoved = false;
        for (var cycle = Cycle; cycle <= now || (ahead && cycle != long.MaxValue); cycle = Cycle)
        {
            source.Pop(cycle);
            sink.Accept(cycle, now);
            _next = cycle + 1;
            isMoved = true;
        }
        if (isMoved)
        {
            source.Settle(now);
            sink.Settle(now);
        }
    }
}
