using Hypgcn.Cli;

return await HypgcnApplication.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
