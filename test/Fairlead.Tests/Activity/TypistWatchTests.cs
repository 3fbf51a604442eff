using Fairlead.Core.Activity;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Activity;

/// <summary>TypistWatch on real terminals.</summary>
public sealed class TypistWatchTests : TwoTerminals
{
    private static readonly ProcessIdentity Home = new(1001, 1);
    private static readonly ProcessIdentity Work = new(1002, 1);

    private readonly TypistWatch typists;

    public TypistWatchTests() => typists = new TypistWatch(Inotify, TimeProvider.System) { Changed = Changes.Add };

    [Fact]
    public async Task Who_types_last_is_known_however_quickly_they_take_turns()
    {
        await WatchBothAsync();
        for (int turn = 0; turn < 50; turn++)
        {
            PseudoTerminal typed = turn % 2 == 0 ? Sofa : Desk;
            typed.Type("ssh web01");
            Assert.Equal(typed.Name, await LastAsync());
        }
    }

    [Fact]
    public async Task Who_types_on_wakes_nobody()
    {
        await WatchBothAsync();
        for (int line = 0; line < 20; line++)
        {
            Sofa.Type("x");
            await LookAsync();
        }

        Assert.Equal([Sofa.Name], Changes);
        Assert.Equal(1, await WatchedAsync());
    }

    [Fact]
    public async Task Where_it_is_wanted_the_next_typing_is_told_as_well_and_no_more()
    {
        await WatchBothAsync();
        Sofa.Type("x");
        await LookAsync();
        await Thread.RunAsync(() => typists.WatchOn(Sofa.Name));
        await Thread.RunAsync(() => typists.WatchOn(Desk.Name));
        Assert.Equal(2, await WatchedAsync());

        Sofa.Type("x");
        await LookAsync();
        Sofa.Type("x");
        await LookAsync();

        Assert.Equal([Sofa.Name, Sofa.Name], Changes);
        Assert.Equal(1, await WatchedAsync());
    }

    [Fact]
    public async Task Output_is_no_typing()
    {
        await WatchBothAsync();
        Desk.Type("x");
        Sofa.Show("a line of a log");
        await LookAsync();
        Assert.Equal([Desk.Name], Changes);
    }

    [Fact]
    public async Task With_one_login_nothing_is_watched()
    {
        await WatchAsync((Sofa.Name, Home), (Desk.Name, Home));
        Assert.Equal(0, await WatchedAsync());
        await WatchBothAsync();
        Assert.Equal(2, await WatchedAsync());
        Sofa.Type("x");
        Assert.Equal(Sofa.Name, await LastAsync());
        await WatchAsync((Sofa.Name, Home));
        Assert.Equal(0, await WatchedAsync());
        Assert.Null(typists.Notes.LastTyped(Sofa.Name, null));
    }

    [Fact]
    public async Task A_note_goes_with_its_login_and_stays_while_others_come_and_go()
    {
        using var phone = new PseudoTerminal();
        await WatchBothAsync();
        Sofa.Type("x");
        await LookAsync();
        await WatchAsync((Sofa.Name, Home), (Desk.Name, Work), (phone.Name, new ProcessIdentity(1003, 1)));
        Assert.NotNull(typists.Notes.LastTyped(Sofa.Name, null));

        await WatchAsync((Sofa.Name, Home with { Started = 2 }), (Desk.Name, Work));
        Assert.Null(typists.Notes.LastTyped(Sofa.Name, null));
        Sofa.Type("x");
        Assert.Equal(Sofa.Name, await LastAsync());
    }

    [Fact]
    public async Task A_terminal_that_ends_is_forgotten_and_the_others_are_not()
    {
        using (var phone = new PseudoTerminal())
        {
            await WatchAsync((Sofa.Name, Home), (Desk.Name, Work), (phone.Name, new ProcessIdentity(1003, 1)));
            Assert.Equal(3, await WatchedAsync());
        }

        await LookAsync();
        Assert.Equal(2, await WatchedAsync());
        Desk.Type("x");
        Assert.Equal(Desk.Name, await LastAsync());
    }

    [Fact]
    public async Task When_one_login_is_left_nothing_is_watched_any_more()
    {
        using (var phone = new PseudoTerminal())
        {
            await WatchAsync((Sofa.Name, Home), (Desk.Name, Home), (phone.Name, Work));
            Assert.Equal(3, await WatchedAsync());
        }

        await LookAsync();
        Assert.Equal(0, await WatchedAsync());
    }

    [Fact]
    public async Task What_cannot_be_watched_hinders_nobody()
    {
        await WatchAsync((Sofa.Name, Home), ("pts/999999", Work), ("../etc/passwd", new ProcessIdentity(1003, 1)), (Desk.Name, Work));
        Assert.Equal(2, await WatchedAsync());
        Desk.Type("x");
        Assert.Equal(Desk.Name, await LastAsync());
    }

    [Fact]
    public async Task After_lost_events_everything_is_watched_again()
    {
        await WatchBothAsync();
        Sofa.Type("x");
        await LookAsync();
        await Thread.RunAsync(typists.ArmAgain);
        Assert.Equal(2, await WatchedAsync());
        Sofa.Type("x");
        await LookAsync();
        Assert.Equal([Sofa.Name, Sofa.Name], Changes);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_turn_the_order_round()
    {
        var clock = new SteppingClock();
        var stepped = new TypistWatch(Inotify, clock);
        await Thread.RunAsync(() => stepped.Watch([(Sofa.Name, Home), (Desk.Name, Work)]));
        Sofa.Type("x");
        await LookAsync();
        clock.Now -= TimeSpan.FromHours(1);
        Desk.Type("x");
        await LookAsync();
        Assert.True(stepped.Notes.LastTyped(Desk.Name, null) > stepped.Notes.LastTyped(Sofa.Name, null));
    }

    [Fact]
    public void Of_a_note_and_an_access_time_the_later_one_counts()
    {
        var noon = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var notes = new TypingTimes([KeyValuePair.Create("pts/1", noon)]);
        Assert.Equal(noon, notes.LastTyped("pts/1", noon.AddSeconds(-1)));
        Assert.Equal(noon.AddSeconds(8), notes.LastTyped("pts/1", noon.AddSeconds(8)));
        Assert.Equal(noon, notes.LastTyped("pts/1", null));
        Assert.Equal(noon, notes.LastTyped("pts/2", noon));
        Assert.Null(notes.LastTyped("pts/2", null));
    }

    private Task WatchBothAsync() => WatchAsync((Sofa.Name, Home), (Desk.Name, Work));

    private Task WatchAsync(params (string, ProcessIdentity)[] wanted) => Thread.RunAsync(() => typists.Watch(wanted));

    private Task<int> WatchedAsync() => Thread.RunAsync(() => typists.Watched);

    private Task LookAsync() => Thread.RunAsync(Inotify.TellPending);

    /// <summary>The terminal that is typed in, as a choice would see it.</summary>
    private async Task<string> LastAsync()
    {
        await LookAsync();
        return await Thread.RunAsync(() => new[] { Sofa.Name, Desk.Name }.MaxBy(name => typists.Notes.LastTyped(name, null))!);
    }

    private sealed class SteppingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
