using Fairlead.Core.Activity;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Activity;

/// <summary>InnerTypistWatch on real terminals: those of two panes that show one session, each before a login.</summary>
public sealed class InnerTypistWatchTests : TwoTerminals
{
    /// <summary>Any two processes that are there as long as the tests.</summary>
    private const int Home = 1;

    private static readonly int Work = CurrentProcess.Pid;

    private static readonly ProcessIdentity Server = new(7, 1);
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly InnerTypistWatch typists;

    public InnerTypistWatchTests() => typists = new InnerTypistWatch(Inotify, TimeProvider.System) { Changed = Changes.Add };

    [Fact]
    public async Task Who_types_inside_is_known_however_quickly_they_take_turns()
    {
        await NoteAsync(Shown(Home, Sofa), Shown(Work, Desk));
        for (int turn = 0; turn < 20; turn++)
        {
            (PseudoTerminal typed, PseudoTerminal other) = turn % 2 == 0 ? (Sofa, Desk) : (Desk, Sofa);
            typed.Type("x");
            TypingTimes notes = await NotesAsync();
            Assert.True(notes.LastTyped(typed.Name, null) > (notes.LastTyped(other.Name, null) ?? Noon));
        }
    }

    [Fact]
    public async Task Who_types_on_wakes_nobody()
    {
        await NoteAsync(Shown(Home, Sofa), Shown(Work, Desk));
        for (int line = 0; line < 20; line++)
        {
            Sofa.Type("x");
            await NotesAsync();
        }

        Assert.Equal([Sofa.Name], Changes);
        Assert.Equal(1, await WatchedAsync());
    }

    [Fact]
    public async Task What_was_made_out_before_is_kept_and_what_is_typed_later_counts_more()
    {
        await NoteAsync(Shown(Home, Sofa) with { LastTyped = Noon.AddSeconds(5) }, Shown(Work, Desk) with { LastTyped = Noon });
        TypingTimes notes = await NotesAsync();
        Assert.Equal((Noon.AddSeconds(5), Noon), (notes.LastTyped(Sofa.Name, null), notes.LastTyped(Desk.Name, null)));
        Assert.True(notes.Has(Desk.Name));

        Desk.Type("x");
        await NoteAsync(Shown(Home, Sofa) with { LastTyped = Noon.AddYears(100) }, Shown(Work, Desk) with { LastTyped = Noon });
        notes = await NotesAsync();
        Assert.True(notes.LastTyped(Desk.Name, null) > notes.LastTyped(Sofa.Name, null));
    }

    [Fact]
    public async Task A_session_in_one_pane_or_before_one_login_has_nothing_to_tell_apart()
    {
        await NoteAsync(Shown(Home, Sofa));
        Assert.Equal(0, await WatchedAsync());
        await NoteAsync(Shown(Home, Sofa), Shown(Home, Desk));
        Assert.Equal(0, await WatchedAsync());
        await NoteAsync(new Attachment(Work, Desk.Name), Shown(Home, Sofa)); // one is on the outermost terminal itself
        Assert.Equal(0, await WatchedAsync());
    }

    [Fact]
    public async Task Two_servers_are_told_apart()
    {
        using var chair = new PseudoTerminal();
        using var bench = new PseudoTerminal();
        var other = new ProcessIdentity(8, 1);
        await NoteAsync(Shown(Home, Sofa), Shown(Work, Desk), Shown(Home, chair, other), Shown(Work, bench, other));
        Assert.Equal(4, await WatchedAsync());
        Sofa.Type("x");
        chair.Type("x");
        await NotesAsync();
        Assert.Equal([Sofa.Name, chair.Name], Changes);
        Assert.Equal(2, await WatchedAsync()); // who types in both wakes nobody
    }

    [Fact]
    public async Task The_terminals_are_forgotten_with_their_login()
    {
        await NoteAsync(Shown(Home, Sofa), Shown(Work, Desk));
        Sofa.Type("x");
        await NotesAsync();
        await Thread.RunAsync(() => typists.KeepOnly(new HashSet<ProcessIdentity> { ProcessIdentity.Of(Home) }));
        Assert.Equal(0, await WatchedAsync());
        Assert.False((await NotesAsync()).Has(Sofa.Name));
    }

    [Fact]
    public async Task After_lost_events_everything_is_watched_again()
    {
        await NoteAsync(Shown(Home, Sofa), Shown(Work, Desk));
        Sofa.Type("x");
        await NotesAsync();
        await Thread.RunAsync(typists.ArmAgain);
        Assert.Equal(2, await WatchedAsync());
    }

    private static Attachment Shown(int login, PseudoTerminal inner, ProcessIdentity? server = null) =>
        new(login, "pts/999999") { Between = [new InnerTerminal(server ?? Server, inner.Name)] };

    private Task NoteAsync(params Attachment[] attachments) => Thread.RunAsync(() => typists.Note(attachments));

    private Task<int> WatchedAsync() => Thread.RunAsync(() => typists.Watched);

    private async Task<TypingTimes> NotesAsync()
    {
        await Thread.RunAsync(Inotify.TellPending);
        return await Thread.RunAsync(() => typists.With(TypingTimes.None));
    }
}
