using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Activity;

/// <summary>
/// Notes which terminal is typed in, in the moment in which it becomes another one. Reading from a terminal is an access to its device, which the
/// kernel tells who watches it: output is none. The terminal that is typed in is not watched, all others are, so that a person who types on wakes
/// nobody, and one who turns to another terminal wakes the daemon once. Belongs to the loop.
/// </summary>
/// <remarks>A terminal that cannot be watched (another user's, no watch left: fs.inotify.max_user_watches) has its access time still.</remarks>
internal sealed class TypistWatch(Inotify inotify, TimeProvider time)
{
    /// <summary>Terminals that are watched; of any more the access time must do.</summary>
    public const int MaxTerminals = 256;

    private readonly Dictionary<string, WatchedTerminal> terminals = [];
    private DateTimeOffset latest;
    private WatchedTerminal? typist;

    /// <summary>Called with the name of the terminal that somebody has turned to.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>A snapshot, the same one until something changes.</summary>
    public TypingTimes Notes { get; private set; } = TypingTimes.None;

    /// <summary>There is nothing to tell apart.</summary>
    public bool IsIdle => terminals.Count == 0;

    /// <summary>How many terminals the kernel watches now.</summary>
    public int Watched => terminals.Values.Count(terminal => terminal.Watch > 0);

    /// <summary>
    /// Watches these terminals and no others. With those of one login there is nothing to tell apart: then none is watched. What was noted of a
    /// terminal is forgotten with its login: its name may be another one's by then.
    /// </summary>
    /// <param name="before">When somebody typed in a terminal before it was watched, as far as that is known; null where its access time says all.</param>
    public void Watch(IEnumerable<(string Device, ProcessIdentity Login)> wanted, Func<string, DateTimeOffset?>? before = null)
    {
        (string Device, ProcessIdentity Login)[] named = [.. wanted.Where(named => TerminalDevice.DeviceNumber(named.Device) > 0).DistinctBy(named => named.Device)];
        bool isChoice = named.DistinctBy(named => named.Login).Skip(1).Any();
        Dictionary<string, ProcessIdentity> owners = (isChoice ? named.Take(MaxTerminals) : []).ToDictionary(named => named.Device, named => named.Login);
        foreach (WatchedTerminal terminal in terminals.Values.ToArray())
        {
            if (!owners.TryGetValue(terminal.Device, out ProcessIdentity owner) || owner != terminal.Login)
            {
                Forget(terminal);
            }
        }

        foreach ((string device, ProcessIdentity login) in owners)
        {
            if (!terminals.ContainsKey(device))
            {
                Add(new WatchedTerminal(device, login) { Typed = before?.Invoke(device) });
            }
        }

        ArmOthers();
    }

    /// <summary>Watches no terminal any more but those of these logins.</summary>
    public void KeepOnly(IReadOnlySet<ProcessIdentity> logins) =>
        Watch([.. from terminal in terminals.Values where logins.Contains(terminal.Login) select (terminal.Device, terminal.Login)]);

    /// <summary>Tells also what is typed next in the terminal that is typed in now.</summary>
    public void WatchOn(string device)
    {
        if (typist?.Device == device && typist.Watch <= 0)
        {
            Arm(typist);
        }
    }

    /// <summary>The kernel dropped events: who typed in between is not known, but who types next will be.</summary>
    public void ArmAgain()
    {
        foreach (WatchedTerminal terminal in terminals.Values)
        {
            inotify.Unwatch(terminal.Watch);
            terminal.Watch = 0;
        }

        typist = null;
        ArmOthers();
    }

    private void Add(WatchedTerminal terminal)
    {
        terminals.Add(terminal.Device, terminal);
        if (terminal.Typed is DateTimeOffset typed)
        {
            latest = typed > latest ? typed : latest;
            TakeNotes();
        }
    }

    private void ArmOthers()
    {
        foreach (WatchedTerminal terminal in terminals.Values)
        {
            if (terminal != typist && terminal.Watch <= 0)
            {
                Arm(terminal);
            }
        }
    }

    /// <summary>What fails now is tried again at the next change.</summary>
    private void Arm(WatchedTerminal terminal)
    {
        if (FileStatus.TryRead(terminal.Path, out FileStatus device) >= 0 && device.Uid == CurrentProcess.Uid)
        {
            terminal.Watch = inotify.Watch(terminal.Path, LibC.IN_ACCESS | LibC.IN_ONESHOT, (mask, _) => Tell(terminal, mask));
        }
    }

    private void Tell(WatchedTerminal terminal, uint mask)
    {
        terminal.Watch = 0;
        if ((mask & LibC.IN_ACCESS) == 0)
        {
            Forget(terminal);
            Watch([.. terminals.Values.Select(left => (left.Device, left.Login))]); // of the last login there is nothing to watch
            return;
        }

        // Later than all before it, whatever becomes of the clock: the order is what counts.
        DateTimeOffset now = time.GetUtcNow();
        latest = now > latest ? now : latest.AddTicks(1);
        terminal.Typed = latest;
        typist = terminal;
        ArmOthers();
        TakeNotes();
        Changed?.Invoke(terminal.Device);
    }

    private void Forget(WatchedTerminal terminal)
    {
        inotify.Unwatch(terminal.Watch);
        terminals.Remove(terminal.Device);
        typist = typist == terminal ? null : typist;
        if (terminal.Typed is not null)
        {
            TakeNotes();
        }
    }

    private void TakeNotes() => Notes = new TypingTimes(
        from terminal in terminals.Values
        where terminal.Typed is not null
        select KeyValuePair.Create(terminal.Device, terminal.Typed!.Value));
}
