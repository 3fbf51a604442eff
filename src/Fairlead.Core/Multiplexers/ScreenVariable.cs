using System.Globalization;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>STY, which a screen server sets for the first process of each window: "PID.NAME" (screen(1)). A session that is renamed later keeps it.</summary>
internal static class ScreenVariable
{
    public const string Name = "STY";

    /// <summary>The server; 0 for anything else.</summary>
    public static int ServerPid(string? value) =>
        int.TryParse(value?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;

    /// <summary>The name of the session; the same name may be another server's.</summary>
    /// <returns>Null when the first process of the window has ended, or has another server's variable.</returns>
    public static string[]? NameOf(MultiplexerServer server) =>
        SessionIn(EnvironmentBlock.Find(ProcessFile.ReadEnvironment(server.PanePid), Name), server.Pid) is string name ? [name] : null;

    /// <summary>The session of that server in such a value. Whoever starts a process can give it any value: without a name, too.</summary>
    internal static string? SessionIn(string? value, int server) =>
        ServerPid(value) == server && value!.Split('.', 2) is [_, var name] ? name : null;
}
