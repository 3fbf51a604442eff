using Fairlead.Client;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Daemon;
using Fairlead.Handover;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary>Reads the configuration and becomes the daemon. <see cref="Console"/> is not touched on this way.</summary>
internal static class DaemonAction
{
    public static int Run(DaemonArguments arguments)
    {
        DaemonProgram program = DaemonProgram.Read(Options(arguments));
        if (DoubleFork.FromEnvironment() is int descriptors)
        {
            return DoubleFork.Start(program, descriptors) ? ExitCode.Done : ExitCode.Failed;
        }

        Surroundings around = Surroundings.Read();
        ConfigurationResult Load() => arguments.ConfigurationFile is { } file
            ? ConfigurationFile.Load(Absolute(file), around)
            : ConfigurationFile.LoadUsual(around);

        ConfigurationResult read = Load();
        if (read.Configuration is not { } configuration)
        {
            return Fail(DaemonFailure.Of(read.Error!));
        }

        var handover = HandoverState.FromEnvironment();
        SocketLocations locations = (handover.SystemdPath ?? arguments.Socket) is { } socket
            ? SocketLocations.Find(around, Absolute(socket), LocationSource.CommandLine)
            : SocketLocations.Find(around, configuration.Socket);
        if (locations.HomeIsForeign)
        {
            return Fail(new Failure(ExitCode.Failed, "HOME belongs to another user", "sudo -i, or fairlead daemon --socket PATH"));
        }

        return locations.Choose() is null
            ? Fail(DaemonFailure.NoPlace(locations, ExitCode.Failed))
            : DaemonHost.Run(configuration, locations, Load, handover, program);
    }

    /// <summary>The options that this daemon was given, for a successor that starts in another folder.</summary>
    private static IEnumerable<string> Options(DaemonArguments arguments) =>
    [
        .. arguments.ConfigurationFile is { } file ? [DaemonArguments.ConfigurationOption, Absolute(file)] : Array.Empty<string>(),
        .. arguments.Socket is { } socket ? [DaemonArguments.SocketOption, Absolute(socket)] : Array.Empty<string>(),
    ];

    private static string Absolute(string path) => Path.GetFullPath(path);

    private static int Fail(Failure failure)
    {
        StandardStream.Write(StandardStream.Error, failure.ToString());
        return failure.ExitCode;
    }
}
