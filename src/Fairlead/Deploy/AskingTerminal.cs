using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Settings;

namespace Fairlead.Deploy;

/// <summary>Whether ssh can ask the person anything: on the terminal of this process, or in a window (ssh(1), SSH_ASKPASS).</summary>
internal static class AskingTerminal
{
    public static bool IsThere
    {
        get
        {
            int terminal = Open();
            Descriptor.Close(terminal);
            return terminal >= 0
                || (Surroundings.Variable("SSH_ASKPASS") is not null
                    && (Surroundings.Variable("DISPLAY") ?? Surroundings.Variable("WAYLAND_DISPLAY") ?? Surroundings.Variable("SSH_ASKPASS_REQUIRE")) is not null);
        }
    }

    /// <summary>Asks on the terminal of this process, whatever its standard input is.</summary>
    /// <returns>A line without its end; null where there is no terminal.</returns>
    public static string? Ask(string question)
    {
        int terminal = Open();
        if (terminal < 0)
        {
            return null;
        }

        _ = Descriptor.Write(terminal, Encoding.UTF8.GetBytes(question));
        byte[] line = new byte[256];
        int length = Descriptor.ReadOnce(terminal, line); // a terminal gives a line at a time (termios(3), canonical mode)
        Descriptor.Close(terminal);
        return Encoding.UTF8.GetString(line, 0, Math.Max(length, 0)).TrimEnd('\n');
    }

    private static int Open() => LibC.Result(LibC.openat(LibC.AT_FDCWD, "/dev/tty", LibC.O_RDWR | LibC.O_CLOEXEC, 0));
}
