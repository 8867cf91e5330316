using Hypgcn.Hardware;

namespace Hypgcn.Exploration;

/// <summary>What no other costs less of in DSP, block RAM and LUTs alike.</summary>
internal sealed class CostFront<T>
{
    private readonly List<(Resources Cost, T Item)> _kept = [];

    /// <summary>The front, in no order.</summary>
    public IReadOnlyList<(Resources Cost, T Item)> Items => _kept;

    /// <summary>Whether something on the front costs no more.</summary>
    public bool Beats(in Resources cost)
    {
        for (var n = 0; n < _kept.Count; n++)
        {
            if (Costs.IsAtMost(_kept[n].Cost, cost))
            {
                if (n > 0)
                {
                    // What beats one beats its neighbours too.
                    (_kept[0], _kept[n]) = (_kept[n], _kept[0]);
                }
                return true;
            }
        }
        return false;
    }

    /// <summary>Adds a candidate unless it is beaten, and removes what it beats.</summary>
    public void Add(in Resources cost, T item)
    {
        if (Beats(cost))
        {
            return;
        }
        for (var n = _kept.Count - 1; n >= 0; n--)
        {
            if (Costs.IsAtMost(cost, _kept[n].Cost))
            {
                _kept[n] = _kept[^1];
                _kept.RemoveAt(_kept.Count - 1);
            }
        }
        _kept.Add((cost, item));
    }
}
