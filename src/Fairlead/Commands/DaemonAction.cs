using Fairlead.Client;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
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

        if (!FileLock.AreSupported)
        {
            return Fail(DaemonFailure.OldKernel(ExitCode.Failed));
        }

        CurrentProcess.RaiseDescriptorLimit();
        if (Failure.OfFewDescriptors(CurrentProcess.DescriptorLimit) is { } shortage)
        {
            return Fail(shortage);
        }

        var signals = HeldSignals.Hold(LibC.SIGHUP, LibC.SIGINT, LibC.SIGTERM);
        Surroundings around = Surroundings.Read();
        ConfigurationResult Load() => arguments.ConfigurationFile is { } file
            ? ConfigurationFile.Load(Absolute(file), around)
            : ConfigurationFile.LoadUsual(around);

        ConfigurationResult read = Load();
        if (read.Configuration is not { } configuration)
        {
            return Fail(DaemonFailure.Of(read.Errors));
        }

        var handover = HandoverState.FromEnvironment();
        DaemonLocations locations = Locate(around, arguments.Socket, configuration.Socket, handover);
        if (locations.HomeIsForeign)
        {
            return Fail(new Failure(ExitCode.Failed, "HOME belongs to another user", "sudo -i, or fairlead daemon --socket PATH"));
        }

        if (!handover.IsComplete && locations.Choose() is null)
        {
            return Fail(DaemonFailure.NoPlace(locations, ExitCode.Failed));
        }

        using var pages = new ProgramPages();
        return new DaemonHost(configuration, locations, Load, handover, program, signals, pages).Run();
    }

    /// <summary>Where systemd listens the daemon is; its other files stand beside a control socket of systemd's.</summary>
    private static DaemonLocations Locate(Surroundings around, string? argument, string? configured, HandoverState handover)
    {
        if (handover.SystemdPath is not { } socket)
        {
            return argument is not null
                ? DaemonLocations.Find(around, Absolute(argument), LocationSource.CommandLine)
                : DaemonLocations.Find(around, configured);
        }

        DaemonLocations locations = DaemonLocations.Find(around, socket);
        return handover.Control is { } control && Path.GetFileName(control.Path) == StateLocation.ControlName
            ? locations with { States = [locations.StateAt(Path.GetDirectoryName(control.Path) + "/"), .. locations.States] }
            : locations;
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
