using Fairlead.Asking;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Asking;

/// <summary>Where the person is asked: the best place first.</summary>
public sealed class PlaceChoiceTests
{
    private static readonly Asker Hidden = Asker.Unknown(900);
    private static readonly Asker InForeground = Hidden with { Terminal = "pts/5" };
    private static readonly MultiplexerServer Server = Pane().Multiplexer!;
    private static readonly MultiplexerServer ScreenServer = new(new ProcessIdentity(700, 1), Screen.Instance, 800);

    [Fact]
    public void Outside_a_multiplexer_it_is_the_callers_own_terminal()
    {
        Assert.Equal([new OwnTerminal("pts/5")], PlaceChoice.For(InForeground, Below(900, 100)));
        Assert.Empty(PlaceChoice.For(Hidden, Below(900, 100)));
    }

    [Fact]
    public void In_tmux_it_is_the_pane_then_a_popup_where_somebody_typed_last_then_a_message() => Assert.Equal(
        [
            new OwnTerminal("pts/5"),
            new TmuxPopup(Server, "pts/2"), new TmuxPopup(Server, "pts/1"),
            new TmuxMessage(Server, "pts/2"), new TmuxMessage(Server, "pts/1"),
        ],
        PlaceChoice.For(InForeground, Pane(Client(100, 0), Client(200, 8))));

    [Fact]
    public void A_pane_that_is_not_in_view_shows_no_question()
    {
        Attachment elsewhere = Client(100, 0) with { ShowsCallersWindow = false };

        Assert.Equal([new TmuxPopup(Server, "pts/1"), new TmuxMessage(Server, "pts/1")], PlaceChoice.For(InForeground, Pane(elsewhere)));
        Assert.Empty(PlaceChoice.For(InForeground, Pane()));
    }

    [Fact]
    public void In_a_window_of_an_editor_it_is_that_window()
    {
        Caller window = BelowServer(ConnectedFrom(100, Noon) with { IsPersons = true });
        var typed = new Asker(new CallerSketch(900) { Terminal = "pts/5" }, null) { Terminal = "pts/5" };

        Assert.Equal([new OwnTerminal("pts/5"), new TerminalMessage("pts/5")], PlaceChoice.For(typed, window));
        Assert.Equal([new TerminalMessage("pts/5")], PlaceChoice.For(typed with { Terminal = null }, window));
        Assert.Empty(PlaceChoice.For(typed, BelowServer(ConnectedFrom(100, Noon))));
    }

    [Fact]
    public void Who_only_looks_on_is_not_asked() =>
        Assert.Empty(PlaceChoice.For(InForeground, Pane(Client(100, 0) with { IsReadOnly = true })));

    /// <summary>Any program can make a terminal and attach there.</summary>
    [Fact]
    public void A_terminal_at_which_nobody_is_known_to_sit_is_none() =>
        Assert.Empty(PlaceChoice.For(InForeground, Pane(Client(100, 0) with { IsPersons = false })));

    [Fact]
    public void A_client_inside_a_window_that_is_not_shown_is_none() =>
        Assert.Empty(PlaceChoice.For(Hidden, Pane(Client(100, 0) with { IsClientInView = false })));

    /// <summary>Another program shows the windows there: a popup, and what is drawn into the pane, may not be seen.</summary>
    [Fact]
    public void A_client_in_control_mode_gets_nothing() =>
        Assert.Empty(PlaceChoice.For(InForeground, Pane(Client(100, 0) with { IsControlMode = true })));

    [Fact]
    public void In_screen_it_is_the_window_and_a_message()
    {
        Caller window = Pane(Client(100, 0)) with { Multiplexer = ScreenServer };

        Assert.Equal([new OwnTerminal("pts/5"), new ScreenMessage(ScreenServer)], PlaceChoice.For(InForeground, window));
        Assert.Equal([new ScreenMessage(ScreenServer)], PlaceChoice.For(Hidden, window));
        Assert.Empty(PlaceChoice.For(InForeground, window with { Attachments = [] }));
    }

    [Fact]
    public void Elsewhere_it_is_a_message_on_the_three_terminals_that_were_typed_on_last()
    {
        Login[] logins =
        [
            new(100, "al", [On("pts/1", 1), On("pts/2", 4)], null),
            new(200, "al", [On("pts/3", 3), new Terminal("pts/4", null)], null),
            new(300, "al", [On("pts/5", 2)], null),
        ];
        var holders = new Dictionary<string, MultiplexerServer> { ["pts/2"] = Server, ["pts/3"] = ScreenServer };

        Assert.Equal([new TmuxMessage(Server, "pts/2"), new ScreenMessage(ScreenServer), new TerminalMessage("pts/5")], PlaceChoice.Elsewhere(logins, holders));
        Assert.Empty(PlaceChoice.Elsewhere([], holders));
    }

    private static Attachment Client(int session, int seconds) =>
        Routing.Scene.On(session, Noon.AddSeconds(seconds)).InView() with { ClientTerminal = $"pts/{session / 100}", IsPersons = true };

    private static Terminal On(string device, int seconds) => new(device, Noon.AddSeconds(seconds));
}
