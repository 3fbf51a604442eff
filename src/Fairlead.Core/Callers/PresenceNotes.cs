using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>Notes where people are as it happens, for the choices that come later. Belongs to the loop.</summary>
internal sealed class PresenceNotes(EventLoop loop)
{
    private readonly Dictionary<string, ProcessIdentity> shown = [];
    private Inotify? inotify;
    private TypistWatch? typists;

    /// <summary>Who has typed where, up to this moment.</summary>
    public TypedNotes Typed
    {
        get
        {
            inotify?.TellPending();
            return typists?.Notes ?? TypedNotes.None;
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

        if (live.Length > 1 && typists is null)
        {
            Begin();
        }

        IEnumerable<(string, ProcessIdentity)> owned = live.SelectMany(login => login.Login.Terminals.Select(terminal => (terminal.Device, login.Session)));
        typists?.Watch(owned.Concat(shown.Select(known => (known.Key, known.Value))));
    }

    /// <summary>Terminals on which a multiplexer was seen: the titles of other SSH servers name none, nor do those that hidepid hides.</summary>
    public void NoteShown(IEnumerable<Attachment> attachments)
    {
        foreach (Attachment attachment in attachments)
        {
            if (attachment.SessionPid > 0 && shown.Count < TypistWatch.MaxTerminals)
            {
                shown[attachment.Terminal] = ProcessIdentity.Of(attachment.SessionPid);
            }
        }
    }

    /// <summary>Without another inotify instance the system's own times must do.</summary>
    private void Begin()
    {
        inotify ??= Inotify.TryCreate(loop);
        if (inotify is not null)
        {
            typists = new TypistWatch(inotify, loop.Time);
            inotify.Overflowed = typists.ArmAgain;
        }
    }
}
