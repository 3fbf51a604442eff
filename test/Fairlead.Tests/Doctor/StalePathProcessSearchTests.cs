using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Doctor;
using Fairlead.Launch;

namespace Fairlead.Tests.Doctor;

/// <summary>With real processes.</summary>
public sealed class StalePathProcessSearchTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void A_process_that_was_started_with_a_dead_path_is_named()
    {
        using Puppet gone = Start(folder["gone"]);
        using Puppet refused = Start(folder.Bind("refused"));

        Assert.Equal([(gone.Pid, folder["gone"]), (refused.Pid, folder["refused"])], Find([]));
    }

    [Fact]
    public void A_path_at_which_somebody_listens_is_not_dead()
    {
        int listener = UnixListener.Bind(folder["live"]);
        Assert.True(listener >= 0);
        using Puppet process = Start(folder["live"]);

        Assert.Empty(Find([]));
        _ = LibC.close(listener);
    }

    [Fact]
    public void A_link_to_a_live_socket_is_not_dead()
    {
        int listener = UnixListener.Bind(folder["live"]);
        Assert.True(listener >= 0);
        File.CreateSymbolicLink(folder["link"], folder["live"]);
        using Puppet process = Start(folder["link"]);

        Assert.Empty(Find([]));
        _ = LibC.close(listener);
    }

    [Fact]
    public void What_the_daemon_knows_to_be_served_is_not_asked()
    {
        using Puppet process = Start(folder["known"]);

        Assert.Empty(Find([folder["known"]]));
    }

    /// <summary>As 'less' is in 'fairlead doctor | less'.</summary>
    [Fact]
    public void What_runs_in_the_same_pipeline_is_no_old_pane()
    {
        using Puppet less = Puppet.Start("print qq(up\\n); <STDIN>", [], [], environment: [$"SSH_AUTH_SOCK={folder["gone"]}"]);
        Assert.Equal("up", less.Hear());

        Assert.Empty(Find([]));
    }

    /// <summary>A job of the shell that doctor is typed in has a group of its own.</summary>
    [Theory]
    [InlineData("bash", 0)]
    [InlineData("systemd", 1)]
    public void What_runs_beside_it_in_its_shell_is_no_old_pane(string parent, int count)
    {
        using Puppet job = Start(folder["gone"]);
        var here = new Ancestry
        {
            Processes = [new ProcessStat(1_000_000_000, "fairlead", CurrentProcess.Pid, 1, 0, 1), new ProcessStat(CurrentProcess.Pid, parent, 1, 1, 0, 1)],
            IsCutShort = false,
        };

        Assert.Equal(count, StalePathProcessSearch.Find(CurrentProcess.Uid, new ListeningPaths(new HashSet<string>()), here).Count(process => process.Path == folder["gone"]));
    }

    public void Dispose() => folder.Dispose();

    private static Puppet Start(string agent)
    {
        Puppet puppet = Puppet.Start("setpgrp(0, 0); print qq(up\\n); <STDIN>", [], [], environment: [$"SSH_AUTH_SOCK={agent}"]);
        Assert.Equal("up", puppet.Hear());
        return puppet;
    }

    private IEnumerable<(int Pid, string Path)> Find(HashSet<string> known) =>
        StalePathProcessSearch.Find(CurrentProcess.Uid, new ListeningPaths(known), Ancestry.Read())
            .Where(process => process.Path.StartsWith(folder.Path, StringComparison.Ordinal))
            .Select(process => (process.Pid, process.Path));
}
