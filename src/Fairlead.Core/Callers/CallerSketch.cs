using Fairlead.Core.CommandLines;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>How a person recognises a caller: the program, the pane it runs in, and the host on its command line.</summary>
/// <param name="Pid">0 for a process of another pid namespace: nothing more is known of it.</param>
internal sealed record CallerSketch(int Pid)
{
    /// <summary>As the process names itself; null when it cannot be seen.</summary>
    public string? Command { get; init; }

    /// <summary>Its controlling terminal, below /dev; null when it has none.</summary>
    public string? Terminal { get; init; }

    /// <summary>The multiplexer that its pane belongs to.</summary>
    public MultiplexerServer? Multiplexer { get; init; }

    /// <summary>As the multiplexer calls it: "%3" in tmux, "2" for a window of screen.</summary>
    public string? Pane { get; init; }

    /// <summary>The programs above it, as they name themselves, the nearest first: "git", "claude", "bash".</summary>
    public IReadOnlyList<string> Above { get; init; } = [];

    /// <summary>Its working directory; null when it cannot be seen.</summary>
    public string? Folder { get; init; }

    /// <inheritdoc cref="SshDestination.In"/>
    public string? Destination { get; init; }

    /// <summary>What is further up says little of a request.</summary>
    private const int MaxAbove = 8;

    /// <summary>May block: run on the worker.</summary>
    public static CallerSketch Read(CallerIdentity identity)
    {
        if (!ProcessFolder.IsOurs || CallerReader.Read(identity.Pid, identity.AcceptedAt) is not { Ancestors: [var pid, ..] } caller
            || !ProcessStat.TryRead(pid, out ProcessStat stat))
        {
            return new CallerSketch(identity.Pid);
        }

        MultiplexerServer? multiplexer = caller.Multiplexer ?? MultiplexerSearch.NamedBy(pid);
        return new CallerSketch(pid)
        {
            Command = stat.Command,
            Terminal = TerminalDevice.NameOf(stat.Terminal) is { Length: > 0 } terminal ? terminal : null,
            Multiplexer = multiplexer,
            Pane = multiplexer?.Kind.PaneVariable is string pane ? EnvironmentBlock.Find(ProcessFile.ReadEnvironment(pid), pane) : null,
            Above = [.. caller.Ancestors.Skip(1).Take(MaxAbove).Select(CommandOf).OfType<string>()],
            Folder = CallerReader.WithProgram(caller).Folder,
            Destination = SshDestination.In(ProcessFile.ReadArguments(pid) ?? []),
        };
    }

    private static string? CommandOf(int pid) => ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Command : null;
}
