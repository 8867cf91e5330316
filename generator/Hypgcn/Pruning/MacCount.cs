namespace Hypgcn.Pruning;

/// <summary>Multiply-accumulates of one clip, by unit.</summary>
public readonly record struct MacCount(long Graph, long Spatial, long Temporal, long Shortcut)
{
    public long Total => Graph + Spatial + Temporal + Shortcut;

    public static MacCount operator +(MacCount a, MacCount b) =>
        new(a.Graph + b.Graph, a.Spatial + b.Spatial, a.Temporal + b.Temporal, a.Shortcut + b.Shortcut);
}
