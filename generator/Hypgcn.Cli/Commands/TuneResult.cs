using Hypgcn.Configuration;
using Hypgcn.Exploration;

namespace Hypgcn.Cli.Commands;

/// <summary>What <c>hypgcn tune</c> found.</summary>
/// <param name="Config">Which configuration was taken.</param>
/// <param name="Network">The design.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Device">The device, if one was given.</param>
internal sealed record TuneResult(string Config, TunedNetwork Network, TuneRequest Request, Device? Device);
