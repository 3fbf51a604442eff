using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Routing;

namespace Fairlead.Asking;

/// <summary>Chooses where to ask the person. Pure.</summary>
internal static class PlaceChoice
{
    /// <summary>How many terminals get a message when no multiplexer shows the caller.</summary>
    private const int MostTerminals = 3;

    /// <summary>Where the person looks at the caller: the best place first. None if nobody who could type looks at it.</summary>
    public static IReadOnlyList<QuestionPlace> For(Asker asker, Caller caller)
    {
        Attachment[] viewers = [.. Viewers.InOrder(caller).Where(IsSeen)];
        bool isInView = caller.Multiplexer switch
        {
            null => true,
            { Kind: Tmux or Screen } => viewers.Any(viewer => viewer.ShowsCallersWindow),
            _ => caller.Attachments.Any(viewer => viewer is { IsPersons: true, IsReadOnly: false }),
        };
        OwnTerminal[] own = asker.Terminal is string terminal && isInView ? [new OwnTerminal(terminal)] : [];
        return caller.Multiplexer switch
        {
            { Kind: Tmux } tmux =>
            [
                .. own,
                .. viewers.Select(viewer => new TmuxPopup(tmux, viewer.ClientTerminal)),
                .. viewers.Select(viewer => new TmuxMessage(tmux, viewer.ClientTerminal)),
            ],
            { Kind: Screen } screen when viewers.Length > 0 => [.. own, new ScreenMessage(screen)],
            { Kind: not (Tmux or Screen) } when isInView && asker.Caller.Terminal is string window => [.. own, new TerminalMessage(window)], // of an editor
            _ => own,
        };
    }

    /// <summary>Where else the person is: the terminals of logins, the one typed on most recently first.</summary>
    /// <param name="holders">The multiplexers whose clients are on these terminals; a line of ours would spoil what they show.</param>
    public static IReadOnlyList<QuestionPlace> Elsewhere(IEnumerable<Login> logins, IReadOnlyDictionary<string, MultiplexerServer> holders) =>
    [
        .. logins.SelectMany(login => login.Terminals)
            .Where(terminal => terminal.LastTyped is not null)
            .OrderByDescending(terminal => terminal.LastTyped)
            .Take(MostTerminals)
            .Select(terminal => MessageOn(terminal.Device, holders)),
    ];

    /// <summary>The person types there, and sees what fairlead shows: for a client in control mode another program draws the windows.</summary>
    private static bool IsSeen(Attachment viewer) =>
        viewer is { IsPersons: true, IsReadOnly: false, IsControlMode: false, IsClientInView: true, ClientTerminal.Length: > 0 };

    private static QuestionPlace MessageOn(string terminal, IReadOnlyDictionary<string, MultiplexerServer> holders) => holders.GetValueOrDefault(terminal) switch
    {
        { Kind: Tmux } tmux => new TmuxMessage(tmux, terminal),
        { Kind: Screen } screen => new ScreenMessage(screen),
        _ => new TerminalMessage(terminal),
    };
}
