using System.Globalization;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Asking;

/// <summary>
/// Who may answer a question: a person at a terminal, never the program that asks, and none that a rule is for. A program of the same user
/// that means to can still press a person's keys for them; this makes it visible.
/// </summary>
internal sealed class AnswererCheck(RoutePlanner planner, QuestionPresenter presenter)
{
    /// <summary>tmux counts whole seconds.</summary>
    private static readonly TimeSpan TmuxStep = TimeSpan.FromSeconds(1);

    /// <summary>Ours wants two digits from a person before it answers; another program need not.</summary>
    public static bool IsOurs(int pid) => PathOf(pid) is string path && path == PathOf(CurrentProcess.Pid);

    /// <summary>Before the question is shown.</summary>
    /// <param name="pid">The process that wants to show it.</param>
    /// <returns>Who answers, or why this process may not.</returns>
    public async ValueTask<(Answerer? Answerer, string? Objection)> ExamineAsync(int pid, Question question)
    {
        if (!IsOurs(pid))
        {
            return (null, $"only the program that the daemon runs from can answer: {PathOf(CurrentProcess.Pid)}");
        }

        // First: the worker answers in order, so the presenter then knows the process that the worker has just started for it.
        Caller asker = await planner.FindAsync(question.Subject.Identity);
        switch (await FindPlaceAsync(pid, question))
        {
            case OwnTerminal own:
                return (new Answerer(own.Terminal, LoginOf(asker, ViewerOf(asker))), null);
            case TmuxPopup popup:
                Attachment? onClient = asker.Attachments.FirstOrDefault(viewer => viewer.ClientTerminal == popup.Terminal);
                return (new Answerer(onClient?.Terminal ?? popup.Terminal, LoginOf(Caller.Unknown, onClient)), null);
        }

        if (ProcessAncestors.Of(pid).Any(process => process.Pid == question.Subject.Identity.Pid))
        {
            return (null, "the program that asks cannot answer");
        }

        var identity = new CallerIdentity(pid, BootClock.Ticks);
        return await planner.FindRestrictionAsync(identity) is PolicyRule rule
            ? (null, $"programs that a rule is for cannot answer (line {rule.Line}: {rule.When})")
            : await ExamineShellAsync(await planner.FindAsync(identity));
    }

    /// <summary>
    /// When a yes is there: somebody must have typed it. Keys that a program sends to a pane are no typing for tmux. For a popup they are
    /// none either (measured with 3.3a): there the time of the client's terminal must do, which has steps of 8 s, as elsewhere.
    /// </summary>
    public async ValueTask<bool> HasTypedAsync(int pid, Question question, DateTimeOffset since) => await FindPlaceAsync(pid, question) switch
    {
        OwnTerminal => true,
        TmuxPopup popup => HasTyped(popup.Terminal, since),
        _ => await HasTypedInShellAsync(pid, since),
    };

    private async ValueTask<bool> HasTypedInShellAsync(int pid, DateTimeOffset since)
    {
        Caller caller = await planner.FindAsync(new CallerIdentity(pid, BootClock.Ticks));
        return caller.Multiplexer is { Kind: Tmux } tmux
            ? (await ClientsThatTypeIntoAsync(tmux, pid)).Any(client => client.IsControlMode || client.Activity >= since - TmuxStep)
            : caller.Attachments.Count == 0 || caller.Attachments.Any(viewer => IsTypist(viewer) && HasTyped(viewer.ClientTerminal, since));
    }

    /// <summary>A shell in which the person has typed <c>fairlead answer</c>.</summary>
    private async ValueTask<(Answerer? Answerer, string? Objection)> ExamineShellAsync(Caller caller)
    {
        string own = ProcessStat.TryRead(caller.Pid, out ProcessStat stat) ? TerminalDevice.NameOf(stat.Terminal) : "";
        if (!caller.HasTerminal)
        {
            return (null, "it must be run in a terminal");
        }

        Attachment? viewer = ViewerOf(caller);
        bool isSeen = caller.Multiplexer is MultiplexerServer server
            ? viewer is { IsPersons: true } && (server.Kind is not Tmux || (await ClientsThatTypeIntoAsync(server, caller.Pid)).Count > 0)
            : await presenter.IsOfLoginAsync(own) || PersonTerminal.IsAtOne(caller.Pid, ProcessFile.ReadEnvironment(caller.Pid));
        return isSeen
            ? (new Answerer(viewer is { Terminal.Length: > 0 } ? viewer.Terminal : own.Length > 0 ? own : "the console", LoginOf(caller, viewer)), null)
            : (null, "fairlead sees nobody at this terminal");
    }

    /// <summary>The place that we have opened for the question, and that this process is at; null for a shell.</summary>
    private async ValueTask<AskingPlace?> FindPlaceAsync(int pid, Question question) => presenter.PlaceOf(question) switch
    {
        (OwnTerminal own, int started) when started == pid => own,
        (TmuxPopup popup, _) when await IsInAsync(popup, pid) => popup,
        _ => null,
    };

    /// <summary>tmux has started it, on a terminal that is no pane's: so it is in the popup that we have opened.</summary>
    private async ValueTask<bool> IsInAsync(TmuxPopup popup, int pid) =>
        ProcessStat.TryRead(pid, out ProcessStat stat) && stat.HasTerminal && stat.Parent == popup.Server.Pid
        && await presenter.PanesOfAsync(popup.Server) is { } panes && !panes.Contains(pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>The clients of tmux whose keys go to the pane on whose terminal a process runs.</summary>
    private async ValueTask<IReadOnlyList<TmuxClientState>> ClientsThatTypeIntoAsync(MultiplexerServer server, int pid) =>
        ProcessStat.TryRead(pid, out ProcessStat stat) && TerminalDevice.NameOf(stat.Terminal) is { Length: > 0 } terminal
            ? [.. (await presenter.ClientsOfAsync(server) ?? []).Where(client => client.Pane == terminal && !client.IsReadOnly)]
            : [];

    private static bool HasTyped(string terminal, DateTimeOffset since) => Terminal.Read(terminal).LastTyped >= since - Terminal.Step;

    private static Attachment? ViewerOf(Caller caller) => Viewers.InOrder(caller).FirstOrDefault(IsTypist);

    private static bool IsTypist(Attachment viewer) => !viewer.IsReadOnly && viewer.ShowsCallersWindow;

    private static ProcessIdentity? LoginOf(Caller caller, Attachment? viewer)
    {
        int login = caller.LoginPid > 0 ? caller.LoginPid : viewer?.LoginPid ?? 0;
        return login > 0 ? ProcessIdentity.Of(login) : null;
    }

    private static string? PathOf(int pid) => CallerReader.TargetOf($"/proc/{pid}/exe");
}
