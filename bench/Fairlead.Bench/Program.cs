using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Parts;
using Fairlead.Bench.Staging;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Bench;

/// <summary>
/// Measures fairlead beside a direct socket and other relays. The same program, run as <c>probe</c>, is a client somewhere else on the machine.
/// </summary>
internal static class Program
{
    private static readonly IPart[] Parts =
    [
        new RelayPart(), new ResourcePart(), new StalePart(), new LoginPart(), new ShellPart(), new FolderPart(), new SilentPart(), new RulePart(),
        new LoadPart(), new GrowthPart(),
    ];

    private static int Main(string[] arguments)
    {
        if (arguments is ["probe", string name, string caller])
        {
            return Probe.Run(name, caller);
        }

        if (Options.Parse(arguments, [.. Parts.Select(part => part.Name)], out string problem) is not Options options)
        {
            Console.Error.WriteLine($"bench: {problem}");
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        RaiseDescriptorLimit();
        using var stop = new StopSignals();
        var rows = new List<Row>();
        try
        {
            using Stage stage = Stage.Create(options, stop.Token);
            foreach (IPart part in Parts.Where(part => options.Wants(part.Name)))
            {
                Console.Error.WriteLine($"bench: {part.Name} ...");
                rows.AddRange(part.Run(stage));
            }
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("bench: stopped, everything that it started has been ended");
            return 130;
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or TimeoutException)
        {
            // Caught, because nothing is cleaned up behind an exception that nobody catches.
            Console.Error.WriteLine($"bench: {fault.Message}");
            return 1;
        }

        Console.Write(options.IsJson ? Table.ToJson(rows) : Table.ToText(rows));
        return 0;
    }

    /// <summary>A thousand conversations are as many descriptors here and twice as many in a relay, which inherits the limit.</summary>
    private static unsafe void RaiseDescriptorLimit()
    {
        LibC.ResourceLimit limit;
        _ = LibC.getrlimit(LibC.RLIMIT_NOFILE, &limit);
        limit.Soft = limit.Hard;
        _ = LibC.setrlimit(LibC.RLIMIT_NOFILE, &limit);
    }
}
