namespace Hypgcn.Exploration;

/// <summary>What was chosen for a unit and what else could have been, with the shared numbers of its neighbours as they are.</summary>
/// <param name="Name">E.g. <c>block3.graph</c>.</param>
/// <param name="Chosen">As chosen.</param>
/// <param name="Cheaper">The next slower one that is cheaper; null if there is none.</param>
/// <param name="Faster">The cheapest one that is faster; null if there is none.</param>
public sealed record TunedUnit(string Name, TunedOption Chosen, TunedOption? Cheaper, TunedOption? Faster)
{
    internal static TunedUnit? Of(string name, IEnumerable<UnitCandidate> all, Func<UnitCandidate, bool> isChosen, Func<UnitCandidate, string> lanes, double[] weights)
    {
        var candidates = all.ToList();
        var at = candidates.FindIndex(candidate => isChosen(candidate));
        if (at < 0)
        {
            return null;
        }
        var chosen = candidates[at];
        var price = Costs.Weigh(chosen.Cost, weights);
        TunedOption? Option(IEnumerable<UnitCandidate> found) =>
            found.Select(candidate => new TunedOption(lanes(candidate), candidate.Cycles, candidate.Cost)).FirstOrDefault();
        return new TunedUnit(
            name,
            Option([chosen])!,
            Option(candidates.Where(other => other.Cycles > chosen.Cycles && Costs.Weigh(other.Cost, weights) < price).OrderBy(other => other.Cycles)),
            Option(candidates.Where(other => other.Cycles < chosen.Cycles).OrderBy(other => Costs.Weigh(other.Cost, weights))));
    }
}
