using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Agents;

/// <summary>Sockets of forwarded agents in both layouts, as they come and go.</summary>
public sealed class SocketFolderTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly SocketFolder place;

    public SocketFolderTests() => place = new SocketFolder(folder.Path, CurrentProcess.Uid, time);

    private string[] Paths => [.. place.Agents.Select(agent => agent.Path).Order()];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sockets_appear_and_vanish_in_the_layout_of_10_0_and_before()
    {
        place.Refresh();
        Assert.Empty(place.Agents);

        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.True(place.Refresh());
        Assert.Equal([folder["ssh-AAAAAAAAAA/agent.1"]], Paths);

        Directory.Delete(folder["ssh-AAAAAAAAAA"], recursive: true);
        Assert.True(place.Refresh());
        Assert.Empty(place.Agents);
    }

    [Theory]
    [InlineData("s.hash.sshd.random")]
    [InlineData("s.hash.sshd.4242.random", Label = "10.6")]
    public void Sockets_appear_and_vanish_in_the_layout_of_10_1(string name)
    {
        place.Refresh();
        folder.Bind(name);
        Assert.True(place.Refresh());
        Assert.Equal([folder[name]], Paths);

        File.Delete(folder[name]);
        Assert.True(place.Refresh());
        Assert.Empty(place.Agents);
    }

    [Fact]
    public void A_socket_that_comes_in_the_same_tick_as_its_folder_was_read_is_found()
    {
        folder.Make("ssh-AAAAAAAAAA");
        place.Refresh();
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.True(place.Refresh());
        Assert.Equal([folder["ssh-AAAAAAAAAA/agent.1"]], Paths);
    }

    [Fact]
    public void A_stranger_cannot_blind_us_with_an_impossible_time()
    {
        using var memory = TempFolder.InMemory();
        var there = new SocketFolder(memory.Path, CurrentProcess.Uid, time);
        memory.Make("ssh-AAAAAAAAAA");
        memory.Bind("ssh-AAAAAAAAAA/agent.1");
        memory.Make("ssh-BBBBBBBBBB", 0x1ed); // 0755
        memory.Touch("ssh-BBBBBBBBBB", 300_000_000_000); // the year 11476
        Ownership.Give(memory["ssh-BBBBBBBBBB"], 65534);
        there.Refresh();
        Assert.Equal(memory["ssh-AAAAAAAAAA/agent.1"], Assert.Single(there.Agents).Path);
    }

    [Theory]
    [InlineData("ssh-AAAAAAAAAA", "ssh-AAAAAAAAAA/agent.1")]
    [InlineData("", "s.hash.sshd.random")]
    public void A_socket_whose_folder_is_closed_to_others_again_is_trusted_again(string open, string name)
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind(name);
        Assert.Equal(0, LibC.chmod(folder[open], 0x1ff)); // 0777
        Settle();
        time.Advance(TimeSpan.FromMinutes(1));
        place.Refresh();
        Assert.DoesNotContain(place.Agents, agent => agent.IsUsable);

        Assert.Equal(0, LibC.chmod(folder[open], 0x1c0));
        Assert.True(place.Refresh());
        Assert.Equal(folder[name], Assert.Single(place.Agents, agent => agent.IsUsable).Path);
    }

    /// <summary>As people do who start an agent again at a path that they have chosen.</summary>
    [Fact]
    public void A_socket_that_is_bound_where_one_died_long_ago_is_found()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Settle();
        time.Advance(TimeSpan.FromMinutes(1));
        place.Refresh();
        Assert.Single(place.Agents).IsDead = true;

        File.Delete(folder["ssh-AAAAAAAAAA/agent.1"]);
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.True(place.Refresh());
        Assert.False(Assert.Single(place.Agents).IsDead);
    }

    [Fact]
    public void A_socket_that_comes_long_after_its_folder_is_found()
    {
        folder.Make("ssh-AAAAAAAAAA");
        Settle();
        Assert.False(place.Refresh());
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.True(place.Refresh());
        Assert.Equal([folder["ssh-AAAAAAAAAA/agent.1"]], Paths);
    }

    [Fact]
    public void What_changes_beside_a_living_agent_is_seen_at_once_unless_a_moment_ago_is_good_enough()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Settle();
        folder.Bind("ssh-AAAAAAAAAA/agent.2");
        Assert.False(place.Refresh(Moment));
        time.Advance(Moment - TimeSpan.FromMilliseconds(1));
        Assert.False(place.Refresh(Moment));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(place.Refresh(Moment));
        Assert.Equal(2, place.Agents.Count);

        Settle();
        folder.Bind("ssh-AAAAAAAAAA/agent.3");
        Assert.True(place.Refresh());
        Assert.Equal(3, place.Agents.Count);
    }

    /// <summary>sshd binds in the folder that it made at once, and a busy host has many that nobody bound in.</summary>
    [Theory]
    [InlineData(0.09, true)]
    [InlineData(0.11, false)]
    public void The_socket_of_a_new_folder_is_seen_at_once_while_it_is_usual_for_one_to_come(double age, bool isAtOnce)
    {
        folder.Make("ssh-AAAAAAAAAA");
        DateTimeOffset made = Directory.GetLastWriteTimeUtc(folder["ssh-AAAAAAAAAA"]);
        time.SetUtcNow(made + TimeSpan.FromSeconds(age));
        place.Refresh();
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Assert.Equal(isAtOnce, place.Refresh(Moment));

        time.Advance(Moment);
        Assert.Equal(!isAtOnce, place.Refresh(Moment));
        Assert.Equal([folder["ssh-AAAAAAAAAA/agent.1"]], Paths);
    }

    [Fact]
    public void A_folder_that_is_opened_to_others_is_refused_a_moment_later()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Settle();
        Assert.Equal(0, LibC.chmod(folder["ssh-AAAAAAAAAA"], 0x1ff)); // 0777
        time.Advance(Moment);
        Assert.True(place.Refresh(Moment));
        Assert.Empty(place.Agents);
        Assert.Equal(Refusal.FolderWritableByOthers, Assert.Single(place.Refused).Reason);
    }

    [Fact]
    public void A_socket_that_is_bound_where_one_has_just_died_is_found_a_moment_later()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        time.Advance(TimeSpan.FromSeconds(1));
        place.Refresh();
        Assert.Single(place.Agents).IsDead = true;
        File.Delete(folder["ssh-AAAAAAAAAA/agent.1"]);
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        time.Advance(Moment);
        Assert.True(place.Refresh(Moment));
        Assert.False(Assert.Single(place.Agents).IsDead);
    }

    [Theory]
    [InlineData("ssh-AAAAAAAAAA/agent.1")]
    [InlineData("s.hash.sshd.random")]
    public void A_socket_that_is_bound_anew_is_another_agent(string name)
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind(name);
        place.Refresh();
        Agent before = Assert.Single(place.Agents);

        File.Delete(folder[name]);
        folder.Bind(name);
        place.Refresh();
        Assert.NotSame(before, Assert.Single(place.Agents));
    }

    [Theory]
    [InlineData("ssh-AAAAAAAAAA/agent.1")]
    [InlineData("s.hash.sshd.random")]
    public void What_was_learned_of_an_agent_is_kept_when_others_come(string name)
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind(name);
        place.Refresh();
        Agent before = Assert.Single(place.Agents);
        folder.Make("ssh-BBBBBBBBBB");
        folder.Bind("ssh-BBBBBBBBBB/agent.2");
        folder.Bind("ssh-AAAAAAAAAA/agent.3");
        place.Refresh();
        Assert.Equal(3, place.Agents.Count);
        Assert.Contains(before, place.Agents);
    }

    [Fact]
    public void Names_that_sshd_does_not_use_are_left_alone()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/other.1");
        folder.Bind("s.hash.agent.random");
        folder.Bind("s.hash.sshd");
        folder.Bind("s..sshd.random");
        folder.Bind("s.hash.sshd.other.random");
        folder.Bind("s.hash.agent.1.random");
        File.WriteAllText(folder["ssh-file"], "");
        place.Refresh();
        Assert.Empty(place.Agents);
        Assert.Empty(place.Refused);
    }

    [Fact]
    public void What_belongs_to_others_is_none_of_our_business()
    {
        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        Ownership.Give(folder["ssh-AAAAAAAAAA"], 4242);
        place.Refresh();
        Assert.Empty(place.Agents);
        Assert.Empty(place.Refused);
    }

    [Fact]
    public void A_link_to_a_folder_is_not_followed()
    {
        folder.Make("elsewhere");
        folder.Bind("elsewhere/agent.1");
        Directory.CreateSymbolicLink(folder["ssh-AAAAAAAAAA"], folder["elsewhere"]);
        place.Refresh();
        Assert.Empty(place.Agents);
    }

    [Fact]
    public void What_others_could_have_replaced_is_refused_and_named()
    {
        folder.Make("ssh-AAAAAAAAAA", 0x1ff); // 0777
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        folder.Make("ssh-BBBBBBBBBB");
        Ownership.Give(folder.Bind("ssh-BBBBBBBBBB/agent.2"), 4242);
        File.WriteAllText(folder["s.hash.sshd.file"], "");
        place.Refresh();
        Assert.Equal([new RefusedSocket(folder["ssh-AAAAAAAAAA"], Refusal.FolderWritableByOthers)], place.Refused);
        Assert.Equal(
            [(folder["s.hash.sshd.file"], Refusal.NotASocket), (folder["ssh-BBBBBBBBBB/agent.2"], Refusal.SocketOfAnotherUser)],
            place.Agents.Select(agent => (agent.Path, agent.Refusal!.Value)).Order());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_no_news_the_second_time()
    {
        var nowhere = new SocketFolder(folder["nowhere"], CurrentProcess.Uid, time);
        nowhere.Refresh();
        Assert.False(nowhere.Refresh());

        folder.Make("nowhere");
        folder.Bind("nowhere/s.hash.sshd.random");
        Assert.True(nowhere.Refresh());
        Assert.Single(nowhere.Agents);
        Directory.Delete(folder["nowhere"], recursive: true);
        Assert.True(nowhere.Refresh());
        Assert.Empty(nowhere.Agents);
        Assert.False(nowhere.Refresh());
    }

    /// <summary>Reads when the last change is longer ago than two changes could share one time.</summary>
    private void Settle()
    {
        time.Advance(TimeSpan.FromMinutes(1)); // from the start of the test, however long ago that is
        place.Refresh();
        place.Refresh();
    }
}
