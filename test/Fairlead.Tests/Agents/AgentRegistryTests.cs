using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Agents;

public sealed class AgentRegistryTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly AgentRegistry registry;

    public AgentRegistryTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
        registry = new AgentRegistry(worker, CurrentProcess.Uid, time);
    }

    public void Dispose()
    {
        worker.Dispose();
        thread.Dispose();
        folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Agents_come_from_folders_logins_and_the_configuration()
    {
        folder.Make("found");
        registry.Configure([folder["found"]], [("mine", folder.Bind("local"))]);
        Register(folder.Bind("registered"));
        folder.Bind("found/s.hash.sshd.random");

        Agent[] agents = await RefreshAsync();
        Assert.Equal(
            [AgentSource.Forwarded, AgentSource.Registered, AgentSource.Local],
            agents.Select(agent => agent.Source).Order());
        Assert.Equal("mine", agents.Single(agent => agent.Source == AgentSource.Local).ToString());
    }

    [Fact]
    public async Task Our_own_socket_is_never_an_agent()
    {
        folder.Make("found");
        folder.Bind("found/s.hash.sshd.ours");
        Assert.Equal(0, FileStatus.TryRead(folder["found/s.hash.sshd.ours"], out FileStatus status));
        File.CreateSymbolicLink(folder["link"], folder["found/s.hash.sshd.ours"]);
        registry.OwnSockets.Add(status.Identity);
        registry.Configure([folder["found"]], [("link", folder["link"]), ("direct", folder["found/s.hash.sshd.ours"])]);
        Register(folder["found/s.hash.sshd.ours"]);
        Assert.Empty(await RefreshAsync());
    }

    [Fact]
    public async Task Each_socket_is_one_agent_whatever_leads_to_it()
    {
        folder.Make("found");
        folder.Bind("found/s.hash.sshd.random");
        File.CreateSymbolicLink(folder["link"], folder["found/s.hash.sshd.random"]);
        registry.Configure([folder["found"], folder["found"]], [("link", folder["link"])]);
        Register(folder["found/s.hash.sshd.random"]);
        Assert.Equal(AgentSource.Forwarded, Assert.Single(await RefreshAsync()).Source);
    }

    [Fact]
    public async Task A_registered_socket_is_forgotten_when_it_is_gone()
    {
        Register(folder.Bind("registered"));
        Assert.Single(await RefreshAsync());
        File.Delete(folder["registered"]);
        Assert.Empty(await RefreshAsync());
        folder.Bind("registered");
        Assert.Empty(await RefreshAsync());
    }

    [Fact]
    public async Task A_registered_socket_whose_file_was_tidied_up_is_reached_all_the_same()
    {
        int listening = UnixListener.Bind(folder["registered"]);
        Assert.Equal(0, LibC.listen(listening, 1));
        Register(folder["registered"]);
        Assert.True(Assert.Single(await RefreshAsync()) is { IsAtPath: false });

        File.Delete(folder["registered"]);
        Agent agent = Assert.Single(await RefreshAsync());
        int connected = UnixStream.Connect(agent.ConnectPath);

        Assert.True(connected > 0, Errno.Describe(connected));
        Descriptor.Close(connected);
        Descriptor.Close(listening);
    }

    [Fact]
    public async Task A_socket_that_was_found_and_registered_is_one_agent_with_or_without_its_file()
    {
        folder.Make("found");
        int listening = UnixListener.Bind(folder["found/s.hash.sshd.random"]);
        Assert.Equal(0, LibC.listen(listening, 1));
        registry.Configure([folder["found"]], []);
        Register(folder["found/s.hash.sshd.random"]);
        Agent found = Assert.Single(await RefreshAsync());
        Assert.True(found is { Source: AgentSource.Forwarded, IsAtPath: true });

        File.Delete(folder["found/s.hash.sshd.random"]);

        Assert.Same(found, Assert.Single(await RefreshAsync()));
        Assert.False(found.IsAtPath);
        Descriptor.Close(listening);
    }

    [Fact]
    public async Task A_registered_socket_that_is_not_to_be_trusted_is_told_of_while_its_login_is_there()
    {
        folder.Bind("registered");
        registry.Register(folder["registered"], PathDescriptor.Open(folder["registered"]), Refusal.FolderWritableByOthers, CurrentProcess.Pid);
        Assert.Empty(await RefreshAsync());
        Assert.Equal(Refusal.FolderWritableByOthers, Assert.Single(registry.Refused).Reason);

        registry.Register(folder.Bind("other"), PathDescriptor.Open(folder["other"]), Refusal.FolderWritableByOthers, int.MaxValue);
        Assert.Empty(await RefreshAsync());
        Assert.Equal(folder["registered"], Assert.Single(registry.Refused).Path);
    }

    [Fact]
    public async Task Of_more_registered_sockets_than_are_kept_the_oldest_goes()
    {
        for (int i = 0; i <= 256; i++)
        {
            Register(folder.Bind($"registered-{i}"));
        }

        Agent[] agents = await RefreshAsync();
        Assert.Equal(256, agents.Length);
        Assert.DoesNotContain(agents, agent => agent.Path == folder["registered-0"]);
    }

    [Fact]
    public async Task A_new_configuration_keeps_what_logins_registered()
    {
        registry.Configure([], [("mine", folder.Bind("local"))]);
        Register(folder.Bind("registered"));
        await RefreshAsync();
        registry.Configure([], []);
        Assert.Equal(AgentSource.Registered, Assert.Single(await RefreshAsync()).Source);
    }

    [Fact]
    public async Task The_dead_and_the_refused_are_no_agents_until_they_are_bound_anew()
    {
        registry.Configure([], [("dead", folder.Bind("dead")), ("refused", folder.Bind("refused"))]);
        Agent[] agents = await RefreshAsync();
        await thread.RunAsync(() =>
        {
            registry.MarkDead(agents[0]);
            registry.Refuse(agents[1], Refusal.LeadsBackToUs);
        });
        Assert.Empty(await RefreshAsync());
        Assert.Equal([new RefusedSocket(folder["refused"], Refusal.LeadsBackToUs)], registry.Refused);

        File.Delete(folder["dead"]);
        folder.Bind("dead");
        Assert.Equal("dead", Assert.Single(await RefreshAsync()).Name);
    }

    [Theory]
    [InlineData("", "ssh-AbCdEfGhIj", true)]
    [InlineData("", "s.hash.sshd.random", true)]
    [InlineData("", "keychain", true)]
    [InlineData("", "later", true)]
    [InlineData("later", "agents", true)]
    [InlineData("ssh-AbCdEfGhIj", "agent.4711", true)]
    [InlineData("ssh-AbCdEfGhIj", ".fairlead", false)]
    [InlineData("", "s.hash.agent.random", false)]
    [InlineData("", "late", false)]
    [InlineData("", "a file of somebody's", false)]
    [InlineData("elsewhere", "ssh-AbCdEfGhIj", false)]
    public void Of_what_is_new_only_what_may_lead_to_an_agent_is_news(string where, string name, bool isNews)
    {
        registry.Configure([folder.Path, folder["later/agents"]], [("keychain", folder["keychain"])]);

        Assert.Equal(isNews, registry.MayLeadToAgent(Path.Join(folder.Path, where), name));
    }

    [Fact]
    public void A_named_socket_that_stays_as_it_is_is_no_news()
    {
        Ownership.Give(folder.Bind("theirs"), 4242);
        foreach (string name in (string[])["theirs", "nothing", "ours"])
        {
            if (name == "ours")
            {
                folder.Bind("ours");
            }

            var named = new NamedSocket(folder[name], name, CurrentProcess.Uid);
            named.Refresh();
            Assert.False(named.Refresh());
        }
    }

    private void Register(string path) => registry.Register(path, PathDescriptor.Open(path), refusal: null, registrant: CurrentProcess.Pid);

    private Task<Agent[]> RefreshAsync() => thread.RunAsync(async ValueTask<Agent[]> () =>
    {
        await registry.RefreshAsync();
        return [.. registry.Agents];
    });
}
