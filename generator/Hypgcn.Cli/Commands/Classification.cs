using Hypgcn.Configuration;
using Hypgcn.Models;
using Hypgcn.Reference;

namespace Hypgcn.Cli.Commands;

/// <summary>Classifies a set of clips on all cores.</summary>
internal static class Classification
{
    /// <summary>The class of each clip of a set.</summary>
    /// <param name="path">The labels.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="input">Where they are from.</param>
    /// <exception cref="HypgcnException">There is not one label per clip.</exception>
    public static int[] Labels(string path, ClipSet clips, string input)
    {
        var labels = LabelFile.Read(path);
        return clips.Count > 0 && labels.Length == clips.Count
            ? labels
            : throw new HypgcnException($"{path}: {labels.Length} labels; {input} has {clips.Count} clips, and there must be one label each. Give the labels of these clips.");
    }

    /// <summary>Logits [clip][class] of the trained network in double precision.</summary>
    public static double[][] Float(ModelGraph model, ClipSet clips, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var network = new FloatNetwork(model);
        return Each(clips, progress, cancellationToken, n => network.Logits(clips.Clip(n), clips.Frames, clips.Persons));
    }

    /// <summary>What the golden model of a configuration says of clips.</summary>
    /// <param name="name">Names the result.</param>
    /// <param name="project">The configuration and its network.</param>
    /// <param name="clips">As the network takes them.</param>
    /// <param name="labels">Class of each, or null.</param>
    /// <param name="progress">Hears of each clip.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static StreamResult Fixed(
        string name, AcceleratorProject project, ClipSet clips, int[]? labels, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        // The clips follow each other as they would in the accelerator: what its FIFOs drop can depend on the clip before.
        const int Chunk = 64;
        var model = project.Quantize(clips.Frames, clips.Persons);
        var fifos = project.Configuration.Hardware.Fifos(model, project.Configuration.Sparsity);
        var sequence = new ClipSequence(new IntegerNetwork(model), [.. fifos.Select(block => block.Rules)]);
        var done = Counter(clips.Count, progress);
        List<ClipScore> scores = [];
        foreach (var chunk in Enumerable.Range(0, clips.Count).Chunk(Chunk))
        {
            short[][] inputs = [.. chunk.Select(n => ClipQuantizer.Quantize(model, clips.Clip(n)))];
            scores.AddRange(sequence.Score(inputs, done, cancellationToken));
        }
        var logits = StreamScore.Real([.. scores.Select(score => score.Logits)], model.Classifier.FractionBits);
        return new StreamResult(name, logits, labels) { DroppedWords = scores.Sum(score => score.DroppedWords) };
    }

    /// <summary>Logits [clip][class], in parallel.</summary>
    public static double[][] Each(
        ClipSet clips, IProgress<StepProgress> progress, CancellationToken cancellationToken, Func<int, double[]> logitsOf)
    {
        var logits = new double[clips.Count][];
        var done = Counter(clips.Count, progress);
        Parallel.For(0, clips.Count, AllCores.With(cancellationToken), n =>
        {
            logits[n] = logitsOf(n);
            done();
        });
        return logits;
    }

    /// <summary>What to call after each clip, from any thread.</summary>
    public static Action Counter(int clips, IProgress<StepProgress> progress)
    {
        var done = 0;
        return () =>
        {
            var count = Interlocked.Increment(ref done);
            progress.Report(new StepProgress((double)count / clips, $"{count} of {clips} clips"));
        };
    }
}
