using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Activity;

/// <summary>
/// Notes in which terminal somebody types, at the moment when it becomes another one. Reading from a terminal is an access to its device,
/// which the kernel reports to a watch; output is not. It watches all terminals but the one that somebody types in, so that continued
/// typing wakes nothing, and a switch to another terminal wakes the daemon once. Belongs to the loop.
/// </summary>
/// <remarks>
/// A terminal that cannot be watched (another user's, no watch left: fs.inotify.max_user_watches) still has its access time.
/// </remarks>
internal sealed class TypistWatch(Inotify inotify, TimeProvider time)
{
    /// <summary>How many terminals are watched; for any more the access time must do.</summary>
    public const int MaxTerminals = 256;

    private readonly Dictionary<string, WatchedTerminal> terminals = [];
    private DateTimeOffset latest;
    private WatchedTerminal? typist;

    /// <summary>Called with the name of the terminal that somebody switched to.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>A snapshot, the same one until something changes.</summary>
    public TypingTimes Notes { get; private set; } = TypingTimes.None;

    /// <summary>There is nothing to distinguish.</summary>
    public bool IsIdle => terminals.Count == 0;

    /// <summary>How many terminals the kernel watches now.</summary>
    public int Watched => terminals.Values.Count(terminal => terminal.Watch > 0);

    /// <summary>
    /// Watches these terminals and no others. With those of one login there is nothing to distinguish, so it watches none. The notes of a
    /// terminal are forgotten with its login, because another one may have its name by then.
    /// </summary>
    /// <param name="before">
    /// When somebody typed in a terminal before it was watched, as far as that is known; null if its access time is enough.
    /// </param>
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

    /// <summary>Stops watching all terminals but those of these logins.</summary>
    public void KeepOnly(IReadOnlySet<ProcessIdentity> logins) =>
        Watch([.. from terminal in terminals.Values where logins.Contains(terminal.Login) select (terminal.Device, terminal.Login)]);

    /// <summary>Also reports the next typing in the terminal that somebody types in now.</summary>
    public void WatchOn(string device)
    {
        if (typist?.Device == device && typist.Watch <= 0)
        {
            Arm(typist);
        }
    }

    /// <summary>The kernel dropped events: who typed in between is unknown, but the next typing will be noted.</summary>
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

    /// <summary>A watch that fails now is tried again at the next change.</summary>
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
            Watch([.. terminals.Values.Select(left => (left.Device, left.Login))]); // with one login left there is nothing to watch
            return;
        }

        // Later than all before it, whatever the clock does, because the order counts.
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
