namespace Hypgcn.CoSimulation;

/// <summary>How much of an engine's time its work took.</summary>
/// <param name="Stage">Stage name, e.g. <c>block3.temporal</c>.</param>
/// <param name="Products">Products that the results need (<see cref="Cycles.EngineWork"/>).</param>
/// <param name="Lanes">Products the engine can make in a cycle.</param>
/// <param name="BusyCycles">Cycles it was busy, as the simulation counted.</param>
public sealed record EngineUse(string Stage, long Products, int Lanes, long BusyCycles)
{
    /// <summary>Lane-cycles spent.</summary>
    public long LaneCycles => BusyCycles * Lanes;

    /// <summary>Share of the lane-cycles that made a needed product; 0 for an engine that was never busy.</summary>
    public double Utilization => LaneCycles == 0 ? 0 : (double)Products / LaneCycles;
}
