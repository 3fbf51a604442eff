using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Location;
using Fairlead.Settings;

namespace Fairlead.Tests.Location;

/// <summary>What a daemon up to 0.1 had beside its agent socket moves away from there, and nothing of it is lost.</summary>
public sealed class FormerLayoutTests : IDisposable
{
    private static readonly DateTimeOffset Booted = DateTimeOffset.UtcNow.AddDays(-1);
    private readonly TempFolder folder = new();
    private readonly StateLocation former;
    private readonly StateLocation state;

    public FormerLayoutTests()
    {
        var around = new Surroundings { Uid = CurrentProcess.Uid, Home = folder.Make("home"), HostName = "gw", TemporaryFolder = folder.Make("tmp") };
        DaemonLocations locations = DaemonLocations.Find(around);
        Assert.True(locations.Sockets[0].Prepare().IsUsable);
        former = locations.FormerStates.First();
        state = locations.States[0];
        Assert.True(state.Prepare().IsUsable);
    }

    private string[] Left => [.. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(former.Lock)!).Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void All_of_it_moves()
    {
        File.WriteAllText(former.Log, "a line\n");
        File.WriteAllText(former.Links, "/home/al/old\n");
        File.WriteAllText(former.Lock, "4711\n");

        FormerLayout.Move(former, -1, state, Booted);

        Assert.Equal(("a line\n", "/home/al/old\n"), (File.ReadAllText(state.Log), File.ReadAllText(state.Links)));
        Assert.Empty(Left);
    }

    [Fact]
    public void A_list_of_links_that_is_there_already_gets_the_others()
    {
        File.WriteAllText(former.Links, "/one\n/two\n");
        File.WriteAllText(state.Links, "/two\n/three\n");

        FormerLayout.Move(former, -1, state, Booted);

        Assert.Equal("/two\n/three\n/one\n", File.ReadAllText(state.Links));
    }

    /// <summary>The prompt of a shell that runs on reads it there.</summary>
    [Fact]
    public void The_stamp_that_prompts_read_is_left_as_a_link_until_the_machine_starts_anew()
    {
        Assert.Equal(0, new RefreshStamp(former.RefreshStamp).Create());

        FormerLayout.Move(former, -1, state, Booted);
        Assert.Equal(0, new RefreshStamp(state.RefreshStamp).Change(DateTimeOffset.UtcNow));
        Assert.Equal(File.ReadAllText(state.RefreshStamp), File.ReadAllText(former.RefreshStamp));
        Assert.Equal(["gw.moved"], Left);

        FormerLayout.Move(former, -1, state, DateTimeOffset.UtcNow.AddDays(1));
        Assert.Empty(Left);
    }

    [Fact]
    public void While_a_daemon_has_the_lock_nothing_is_touched()
    {
        File.WriteAllText(former.Links, "/one\n");
        Assert.Equal(0, FileLock.TryTake(former.Lock, out FileLock? held));
        using FileLock other = held!;

        FormerLayout.Move(former, -1, state, Booted);

        Assert.Equal(["gw.links", "gw.lock"], Left.Order());
    }

    [Fact]
    public void A_lock_that_was_handed_over_is_no_obstacle()
    {
        Assert.Equal(0, FileLock.TryTake(former.Lock, out FileLock? held));
        using FileLock ours = held!;

        FormerLayout.Move(former, ours.Number, state, Booted);

        Assert.Empty(Left);
    }

    public void Dispose() => folder.Dispose();
}
