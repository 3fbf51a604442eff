using System.Collections;
using System.Globalization;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Launch;

namespace Fairlead.Handover;

/// <summary>
/// A process between a daemon and its successor: starts it with all that it was given itself, and ends. So the successor is nobody's child but of whoever
/// adopts orphans.
/// </summary>
/// <remarks>
/// Where that is systemd, it must be: of a service's main process that is not its own child, systemd does not wait for the end. It would send SIGKILL
/// right after SIGTERM, and start the service again beside a process that still holds the lock (unit_kill_context() in systemd's src/core/unit.c).
/// </remarks>
internal static class DoubleFork
{
    /// <summary>How many, when this process is to be one. Takes it out of the environment.</summary>
    public static int? FromEnvironment()
    {
        bool isOne = int.TryParse(Environment.GetEnvironmentVariable(StartVariables.DoubleFork), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        Environment.SetEnvironmentVariable(StartVariables.DoubleFork, null);
        return isOne ? count : null;
    }

    /// <summary>The successor stays in this process's group, by which both can be ended.</summary>
    /// <returns>Whether there is a successor.</returns>
    public static bool Start(DaemonProgram program, int descriptors)
    {
        string[] environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}")];
        using PassedDescriptors? passed = PassedDescriptors.TryCopy([.. Enumerable.Range(0, descriptors)], out PassedDescriptors? copies) < 0 ? null : copies;
        return passed is not null && ChildProcess.Start(program.Path, program.Arguments, environment, passed, ownSession: false) > 0;
    }
}
