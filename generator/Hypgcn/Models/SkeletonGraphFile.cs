using System.Text.Json;
using Hypgcn.Models.Formats;

namespace Hypgcn.Models;

/// <summary>Reads a joint graph: the name of a built-in one, or joints.json.</summary>
/// <remarks><c>{ "joints": 5, "center": 0, "edges": [[1, 0], [2, 1], [3, 0], [4, 3]] }</c>, joints 0-based. With "center" the
/// edges may have either direction; without it each edge is [joint, neighbour nearer to the centre].</remarks>
public static class SkeletonGraphFile
{
    private const int MostJoints = 1024;
    private const int LargestBytes = 1 << 20;
    private const string Example = "Write it as { \"joints\": 3, \"center\": 0, \"edges\": [[1, 0], [2, 1]] }.";

    /// <exception cref="ModelFormatException">Neither a built-in name nor a readable, connected graph.</exception>
    public static SkeletonGraph Read(string nameOrPath)
    {
        if (SkeletonGraph.BuiltIn.FirstOrDefault(g => g.Name == nameOrPath) is { } known)
            return known;
        using FileStream stream = InputFile.OpenRead(nameOrPath, LargestBytes, "a joint graph");
        try
        {
            using JsonDocument json = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Parse(nameOrPath, json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Problem.At(nameOrPath, $"the file is not a joint graph; it is an object of \"joints\", \"edges\" and, if wanted, \"center\". {Example}");
        }
    }

    private static SkeletonGraph Parse(string path, JsonElement root)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name is not ("joints" or "edges" or "center"))
                throw Problem.At(path, $"key {Problem.Quoted(property.Name)} is unknown; the keys are \"joints\", \"edges\" and \"center\". {Example}");
        }

        int joints = root.GetProperty("joints").GetInt32();
        if (joints is < 1 or > MostJoints)
            throw Problem.At(path, $"joints is {joints}; it lies in 1..{MostJoints}. {Example}");
        var edges = new List<(int, int)>();
        foreach (JsonElement edge in root.GetProperty("edges").EnumerateArray())
        {
            int[] ends = [.. edge.EnumerateArray().Select(x => x.GetInt32())];
            if (ends is not [var a, var b] || a < 0 || a >= joints || b < 0 || b >= joints || a == b)
                throw Problem.At(path, $"edges[{edges.Count}] is [{string.Join(", ", ends.Take(8))}{(ends.Length > 8 ? ", ..." : "")}]; an edge joins two different joints of 0..{joints - 1}. {Example}");
            edges.Add((a, b));
        }

        if (root.TryGetProperty("center", out JsonElement center))
            edges = Orient(path, joints, edges, center.GetInt32());
        return new SkeletonGraph(Path.GetFileName(path), joints, edges);
    }

    /// <summary>Turns each edge towards the centre, by its distance in bones.</summary>
    private static List<(int, int)> Orient(string path, int joints, List<(int A, int B)> edges, int center)
    {
        if (center < 0 || center >= joints)
            throw Problem.At(path, $"center is {center}; it is a joint of 0..{joints - 1}. {Example}");
        var distance = Enumerable.Repeat(-1, joints).ToArray();
        distance[center] = 0;
        for (int step = 0, reached = 1; reached > 0; step++)
        {
            reached = 0;
            foreach ((int a, int b) in edges)
            {
                int end = distance[a] == step && distance[b] < 0 ? b : distance[b] == step && distance[a] < 0 ? a : -1;
                if (end >= 0)
                {
                    distance[end] = step + 1;
                    reached++;
                }
            }
        }

        int lost = Array.IndexOf(distance, -1);
        if (lost >= 0)
            throw Problem.At(path, $"joint {lost} is not connected to center {center}; every joint is. Add its edge.");
        int level = edges.FindIndex(e => distance[e.A] == distance[e.B]);
        if (level >= 0)
            throw Problem.At(path, $"edges[{level}] joins two joints at the same distance from center {center}; its direction is open. Leave out \"center\" and write each edge as [joint, neighbour nearer to the centre].");
        return [.. edges.Select(e => distance[e.A] > distance[e.B] ? e : (e.B, e.A))];
    }
}
