using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Activity;

/// <summary>Notes where people are as it happens, who types and who is attached, for the choices that come later. Belongs to the loop.</summary>
internal sealed class ActivityTracker(BlockingWorker worker, MultiplexerReader multiplexers, AttachmentMemory memory)
{
    private readonly Dictionary<string, ProcessIdentity> shown = [];
    private Inotify? inotify;
    private TypistWatch? typists;
    private AttachTracker? attached;

    /// <inheritdoc cref="AttachTracker.Sessions"/>
    public required Func<ValueTask<IReadOnlySet<int>>> Sessions { get; init; }

    /// <inheritdoc cref="AttachTracker.Noted"/>
    public Action? Noted { get; init; }

    /// <summary>Who has typed where, up to this moment.</summary>
    public TypingTimes Typed
    {
        get
        {
            inotify?.TellPending();
            return typists?.Notes ?? TypingTimes.None;
        }
    }

    /// <summary>Watches the terminals of these logins and no others; none, if they are fewer than two.</summary>
    public void WatchTerminals(IEnumerable<Login> logins)
    {
        (Login Login, ProcessIdentity Session)[] live = [.. logins.Where(login => login.Pid > 0).Select(login => (login, ProcessIdentity.Of(login.Pid)))];
        foreach ((string device, _) in shown.Where(known => !live.Any(login => login.Session == known.Value)).ToArray())
        {
            shown.Remove(device);
        }

        IEnumerable<(string, ProcessIdentity)> owned = live.SelectMany(login => login.Login.Terminals.Select(terminal => (terminal.Device, login.Session)));
        if (typists is not null || (live.Length > 1 && TryBegin()))
        {
            typists!.Watch(owned.Concat(shown.Select(known => (known.Key, known.Value))));
        }
    }

    /// <summary>Watches the multiplexers there are, whoever is logged in: the next login may make it matter who is attached now.</summary>
    public ValueTask LookAroundAsync() => TryBegin() ? attached!.LookAroundAsync() : ValueTask.CompletedTask;

    /// <summary>A caller's multiplexer was seen on these terminals: the titles of other SSH servers name none, nor do those that hidepid hides.</summary>
    public void NoteShown(MultiplexerServer server, IEnumerable<Attachment> attachments)
    {
        foreach (Attachment attachment in attachments)
        {
            if (attachment.LoginPid > 0 && shown.Count < TypistWatch.MaxTerminals)
            {
                shown[attachment.Terminal] = ProcessIdentity.Of(attachment.LoginPid);
            }
        }

        if (TryBegin())
        {
            attached!.Meet(server);
        }
    }

    /// <summary>Without another inotify instance the system's own times must do, and what is seen when somebody asks.</summary>
    private bool TryBegin()
    {
        inotify ??= Inotify.TryCreate(worker.Loop);
        if (inotify is not null && typists is null)
        {
            attached = new AttachTracker(inotify, worker, multiplexers, memory)
            {
                Sessions = Sessions,
                Typed = () => Typed,
                MayAttach = terminal => typists!.WatchOn(terminal),
                Noted = Noted,
            };
            typists = new TypistWatch(inotify, worker.Loop.Time) { Changed = attached.Follow };
            inotify.Overflowed = () =>
            {
                typists.ArmAgain();
                attached.LookAgain();
            };
        }

        return inotify is not null;
    }
}
