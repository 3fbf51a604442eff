using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// The terminals that a server holds open: those of its clients, as long as they are attached. Each client hands its terminal to tmux or
/// screen; of their own windows they hold only the other side (/dev/ptmx).
/// </summary>
internal static class HeldTerminals
{
    private const string Folder = "/dev/";

    /// <summary>The clients, without their processes. The access time says who typed most recently, in steps of 8 s.</summary>
    public static IReadOnlyList<MultiplexerClient> Read(int server) =>
    [
        .. from target in ProcessDescriptors.Read(server).Distinct()
           where target.StartsWith(Folder, StringComparison.Ordinal) && TerminalDevice.Number(target[Folder.Length..]) >= 0
           select new MultiplexerClient(0, target[Folder.Length..])
           {
               LastTyped = Terminal.Read(target[Folder.Length..]).LastTyped,
               ShowsCallersWindow = true,
           },
    ];
}
