using Fairlead.Core.Activity;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Activity;

/// <summary>TypistWatch on real terminals.</summary>
public sealed class TypistWatchTests : IDisposable
{
    private static readonly ProcessIdentity Home = new(1001, 1);
    private static readonly ProcessIdentity Work = new(1002, 1);

    private readonly LoopThread thread = new();
    private readonly PseudoTerminal sofa = new();
    private readonly PseudoTerminal desk = new();
    private readonly List<string> changes = [];
    private readonly Inotify inotify;
    private readonly TypistWatch typists;

    public TypistWatchTests()
    {
        inotify = thread.RunAsync(() => new Inotify(thread.Loop)).GetAwaiter().GetResult();
        typists = new TypistWatch(inotify, TimeProvider.System) { Changed = changes.Add };
    }

    public void Dispose()
    {
        thread.RunAsync(inotify.Dispose).GetAwaiter().GetResult();
        thread.Dispose();
        sofa.Dispose();
        desk.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Who_types_last_is_known_however_quickly_they_take_turns()
    {
        await WatchBothAsync();
        for (int turn = 0; turn < 50; turn++)
        {
            PseudoTerminal typed = turn % 2 == 0 ? sofa : desk;
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
            sofa.Type("x");
            await LookAsync();
        }

        Assert.Equal([sofa.Name], changes);
        Assert.Equal(1, await WatchedAsync());
    }

    [Fact]
    public async Task Where_it_is_wanted_the_next_typing_is_told_as_well_and_no_more()
    {
        await WatchBothAsync();
        sofa.Type("x");
        await LookAsync();
        await thread.RunAsync(() => typists.WatchOn(sofa.Name));
        await thread.RunAsync(() => typists.WatchOn(desk.Name));
        Assert.Equal(2, await WatchedAsync());

        sofa.Type("x");
        await LookAsync();
        sofa.Type("x");
        await LookAsync();

        Assert.Equal([sofa.Name, sofa.Name], changes);
        Assert.Equal(1, await WatchedAsync());
    }

    [Fact]
    public async Task Output_is_no_typing()
    {
        await WatchBothAsync();
        desk.Type("x");
        sofa.Show("a line of a log");
        await LookAsync();
        Assert.Equal([desk.Name], changes);
    }

    [Fact]
    public async Task With_one_login_nothing_is_watched()
    {
        await WatchAsync((sofa.Name, Home), (desk.Name, Home));
        Assert.Equal(0, await WatchedAsync());
        await WatchBothAsync();
        Assert.Equal(2, await WatchedAsync());
        sofa.Type("x");
        Assert.Equal(sofa.Name, await LastAsync());
        await WatchAsync((sofa.Name, Home));
        Assert.Equal(0, await WatchedAsync());
        Assert.Null(typists.Notes.LastTyped(sofa.Name, null));
    }

    [Fact]
    public async Task A_note_goes_with_its_login_and_stays_while_others_come_and_go()
    {
        using var phone = new PseudoTerminal();
        await WatchBothAsync();
        sofa.Type("x");
        await LookAsync();
        await WatchAsync((sofa.Name, Home), (desk.Name, Work), (phone.Name, new ProcessIdentity(1003, 1)));
        Assert.NotNull(typists.Notes.LastTyped(sofa.Name, null));

        await WatchAsync((sofa.Name, Home with { Started = 2 }), (desk.Name, Work));
        Assert.Null(typists.Notes.LastTyped(sofa.Name, null));
        sofa.Type("x");
        Assert.Equal(sofa.Name, await LastAsync());
    }

    [Fact]
    public async Task A_terminal_that_ends_is_forgotten_and_the_others_are_not()
    {
        using (var phone = new PseudoTerminal())
        {
            await WatchAsync((sofa.Name, Home), (desk.Name, Work), (phone.Name, new ProcessIdentity(1003, 1)));
            Assert.Equal(3, await WatchedAsync());
        }

        await LookAsync();
        Assert.Equal(2, await WatchedAsync());
        desk.Type("x");
        Assert.Equal(desk.Name, await LastAsync());
    }

    [Fact]
    public async Task When_one_login_is_left_nothing_is_watched_any_more()
    {
        using (var phone = new PseudoTerminal())
        {
            await WatchAsync((sofa.Name, Home), (desk.Name, Home), (phone.Name, Work));
            Assert.Equal(3, await WatchedAsync());
        }

        await LookAsync();
        Assert.Equal(0, await WatchedAsync());
    }

    [Fact]
    public async Task What_cannot_be_watched_hinders_nobody()
    {
        await WatchAsync((sofa.Name, Home), ("pts/999999", Work), ("../etc/passwd", new ProcessIdentity(1003, 1)), (desk.Name, Work));
        Assert.Equal(2, await WatchedAsync());
        desk.Type("x");
        Assert.Equal(desk.Name, await LastAsync());
    }

    [Fact]
    public async Task After_lost_events_everything_is_watched_again()
    {
        await WatchBothAsync();
        sofa.Type("x");
        await LookAsync();
        await thread.RunAsync(typists.ArmAgain);
        Assert.Equal(2, await WatchedAsync());
        sofa.Type("x");
        await LookAsync();
        Assert.Equal([sofa.Name, sofa.Name], changes);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_turn_the_order_round()
    {
        var clock = new SteppingClock();
        var stepped = new TypistWatch(inotify, clock);
        await thread.RunAsync(() => stepped.Watch([(sofa.Name, Home), (desk.Name, Work)]));
        sofa.Type("x");
        await LookAsync();
        clock.Now -= TimeSpan.FromHours(1);
        desk.Type("x");
        await LookAsync();
        Assert.True(stepped.Notes.LastTyped(desk.Name, null) > stepped.Notes.LastTyped(sofa.Name, null));
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

    private Task WatchBothAsync() => WatchAsync((sofa.Name, Home), (desk.Name, Work));

    private Task WatchAsync(params (string, ProcessIdentity)[] wanted) => thread.RunAsync(() => typists.Watch(wanted));

    private Task<int> WatchedAsync() => thread.RunAsync(() => typists.Watched);

    private Task LookAsync() => thread.RunAsync(inotify.TellPending);

    /// <summary>The terminal that is typed in, as a choice would see it.</summary>
    private async Task<string> LastAsync()
    {
        await LookAsync();
        return await thread.RunAsync(() => new[] { sofa.Name, desk.Name }.MaxBy(name => typists.Notes.LastTyped(name, null))!);
    }

    private sealed class SteppingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
