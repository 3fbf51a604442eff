using System.Globalization;
using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>
/// The terminals that a server holds open: those of its clients, as long as they are attached. tmux and screen are handed them by each client; of
/// their own windows they hold only the other side (/dev/ptmx).
/// </summary>
internal static class HeldTerminals
{
    private const string Folder = "/dev/";
    private const string PseudoTerminals = "pts/";

    /// <summary>The first of eight, and since Linux 2.6 the only one in use (devices.txt).</summary>
    private const int PseudoTerminalMajor = 136;

    /// <summary>The clients, without their processes. The access time says who typed last, in steps of 8 s.</summary>
    public static IReadOnlyList<MultiplexerClient> Read(int server) =>
    [
        .. from target in ProcessDescriptors.Read(server).Distinct()
           where target.StartsWith(Folder, StringComparison.Ordinal) && Number(target[Folder.Length..]) >= 0
           select new MultiplexerClient(0, target[Folder.Length..])
           {
               LastTyped = FileStatus.TryRead(target, out FileStatus status) >= 0 ? status.Accessed : null,
               ShowsCallersWindow = true,
           },
    ];

    /// <summary>The controlling terminal as /proc/PID/stat encodes it (the minor number in two parts around the major one); 0 for one that is not known.</summary>
    public static int DeviceNumber(string terminal)
    {
        int number = Number(terminal);
        return number < 0 ? 0 : (number & 0xff) | (PseudoTerminalMajor << 8) | ((number & ~0xff) << 12);
    }

    /// <summary>The same the other way round; empty for no terminal, and for one of another kind.</summary>
    public static string NameOf(int deviceNumber) => ((deviceNumber >> 8) & 0xfff) == PseudoTerminalMajor
        ? PseudoTerminals + ((deviceNumber & 0xff) | ((deviceNumber >> 12) & 0xfff00)).ToString(CultureInfo.InvariantCulture)
        : "";

    /// <summary>N of "pts/N", -1 for any other name ("pts/ptmx").</summary>
    private static int Number(string terminal) =>
        terminal.StartsWith(PseudoTerminals, StringComparison.Ordinal)
        && int.TryParse(terminal.AsSpan(PseudoTerminals.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number <= 0xfffff
            ? number
            : -1;
}
