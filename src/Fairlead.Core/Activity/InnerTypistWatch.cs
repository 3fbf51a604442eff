using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Activity;

/// <summary>
/// Notes who types in a session that panes of other multiplexers show, as when two people share a screen from panes of their own tmux.
/// Belongs to the loop.
/// </summary>
/// <remarks>
/// Each key is read from the outermost terminal first, then from that of the pane. So the terminals of panes must not be watched together
/// with the outermost ones. Those that show one server's sessions are watched among themselves, and continued typing in one of them does
/// not wake the daemon either.
/// </remarks>
internal sealed class InnerTypistWatch(Inotify inotify, TimeProvider time)
{
    /// <summary>How many servers are watched; for any more the access times must do.</summary>
    public const int MaxServers = 16;

    private readonly Dictionary<ProcessIdentity, TypistWatch> watches = [];

    /// <inheritdoc cref="TypistWatch.Changed"/>
    public Action<string>? Changed { get; init; }

    /// <inheritdoc cref="TypistWatch.Watched"/>
    public int Watched => watches.Values.Sum(watch => watch.Watched);

    /// <summary>The notes of these terminals, and of others.</summary>
    public TypingTimes With(TypingTimes others) => watches.Count == 0 ? others : others.With(watches.Values.Select(watch => watch.Notes));

    /// <summary>
    /// A session was seen on these terminals. If panes of several people show it, fairlead watches the terminals of these panes from now
    /// on; for earlier typing, it keeps what it found out when it saw them.
    /// </summary>
    public void Note(IReadOnlyList<Attachment> attachments)
    {
        IEnumerable<(InnerTerminal Inner, Attachment Seen)> seen =
            from attachment in attachments
            where attachment.LoginPid > 0
            from inner in attachment.Between
            orderby attachment.LoginPid // for a pane that several people see, always the same
            select (inner, attachment);
        foreach (var group in seen.GroupBy(shown => shown.Inner.Server))
        {
            if (watches.TryGetValue(group.Key, out TypistWatch? watch) || TryAdd(group.Key, out watch))
            {
                watch.Watch(
                    group.Select(shown => (shown.Inner.Terminal, ProcessIdentity.Of(shown.Seen.LoginPid))),
                    terminal => group.Where(shown => shown.Inner.Terminal == terminal).Max(shown => shown.Seen.LastTyped));
            }
        }

        Tidy();
    }

    /// <inheritdoc cref="TypistWatch.KeepOnly"/>
    public void KeepOnly(IReadOnlySet<ProcessIdentity> logins)
    {
        foreach (TypistWatch watch in watches.Values)
        {
            watch.KeepOnly(logins);
        }

        Tidy();
    }

    /// <inheritdoc cref="TypistWatch.ArmAgain"/>
    public void ArmAgain()
    {
        foreach (TypistWatch watch in watches.Values)
        {
            watch.ArmAgain();
        }
    }

    private bool TryAdd(ProcessIdentity server, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TypistWatch? watch)
    {
        watch = watches.Count < MaxServers ? new TypistWatch(inotify, time) { Changed = Changed } : null;
        if (watch is not null)
        {
            watches.Add(server, watch);
        }

        return watch is not null;
    }

    /// <summary>A watch whose terminals are gone has nothing more to report, unless its server is seen again.</summary>
    private void Tidy()
    {
        foreach (ProcessIdentity server in watches.Where(known => known.Value.IsIdle).Select(known => known.Key).ToArray())
        {
            watches.Remove(server);
        }
    }
}
