using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Tests.Cli;

namespace Hypgcn.Tests.BadInput;

/// <summary>One damaged file, and who reads it.</summary>
/// <param name="Name">What was damaged, and how.</param>
/// <param name="File">Its name in a folder that holds the other files of the example.</param>
/// <param name="Bytes">Its contents.</param>
internal sealed record BadInputCase(string Name, string File, byte[] Bytes)
{
    /// <summary>Reads it through the library.</summary>
    public void Read(string folder)
    {
        string path = Path.Combine(folder, File);
        switch (Path.GetExtension(File), File)
        {
            case (_, "accelerator.json"):
                DesignProject.FromConfiguration(path);
                break;
            case (_, "manifest.json"):
                DesignProject.FromFolder(Path.GetDirectoryName(path)!);
                break;
            case (_, "joints.json"):
                SkeletonGraph graph = SkeletonGraphFile.Read(path);
                graph.SpatialPartition();
                BoneClips.Origins(graph);
                break;
            case (".pkl", _) or (_, "labels.npy"):
                LabelFile.Read(path);
                break;
            case (".npy" or ".skeleton", _):
                ClipSource.Read(path);
                break;
            default:
                CheckpointReader.Read(path, new CheckpointOptions());
                break;
        }
    }

    /// <summary>Reads it through the command line.</summary>
    public Task<CommandRun> RunAsync(string folder)
    {
        string At(string name) => Path.Combine(folder, name);
        return (Path.GetExtension(File), File) switch
        {
            (_, "joints.json") => CommandRun.Of("inspect", At("demo.pt"), "--graph", At(File)),
            // The clip does not exist: nothing is simulated where the manifest is good.
            (_, "manifest.json") => CommandRun.Of("cosim", "--design", folder, "--input", At("clips.npy"), "--first-clip", "999"),
            (".pkl", _) or (_, "labels.npy") => InferAsync("clips.npy", "--labels", At(File)),
            (".npy" or ".skeleton", _) => InferAsync(File),
            (_, "accelerator.json") => InferAsync("clips.npy"),
            _ => CommandRun.Of("inspect", At(File)),
        };

        Task<CommandRun> InferAsync(string clips, params string[] more) =>
            CommandRun.Of(["infer", "--config", At("accelerator.json"), "--input", At(clips), .. more]);
    }
}
