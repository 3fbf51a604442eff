using System.Globalization;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>A pseudo terminal as /proc numbers it, and by its name below /dev.</summary>
internal static class TerminalDevice
{
    private const string Folder = "/dev/";

    private const string PseudoTerminals = "pts/";

    /// <summary>The first of eight, and since Linux 2.6 the only one in use (devices.txt).</summary>
    private const int PseudoTerminalMajor = 136;

    /// <summary>
    /// The controlling terminal as /proc/PID/stat encodes it (the minor number in two parts around the major one); 0 for an unknown one.
    /// </summary>
    public static int DeviceNumber(string terminal)
    {
        int number = Number(terminal);
        return number < 0 ? 0 : (number & 0xff) | (PseudoTerminalMajor << 8) | ((number & ~0xff) << 12);
    }

    /// <summary>
    /// The name below /dev of a terminal as /proc/PID/stat encodes it; empty for no terminal, and for one of another kind.
    /// </summary>
    public static string NameOf(int deviceNumber) => ((deviceNumber >> 8) & 0xfff) == PseudoTerminalMajor
        ? PseudoTerminals + ((deviceNumber & 0xff) | ((deviceNumber >> 12) & 0xfff00)).ToString(CultureInfo.InvariantCulture)
        : "";

    /// <summary>The name below /dev of a terminal that is named by its path, or by that name already.</summary>
    public static string BelowDev(string terminal) => terminal.StartsWith(Folder, StringComparison.Ordinal) ? terminal[Folder.Length..] : terminal;

    /// <summary>N of "pts/N", -1 for any other name ("pts/ptmx").</summary>
    public static int Number(string terminal) =>
        terminal.StartsWith(PseudoTerminals, StringComparison.Ordinal)
        && int.TryParse(terminal.AsSpan(PseudoTerminals.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number <= 0xfffff
            ? number
            : -1;
}
