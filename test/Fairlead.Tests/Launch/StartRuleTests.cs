using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;

namespace Fairlead.Tests.Launch;

public sealed class StartRuleTests
{
    private static readonly Ancestry BelowLogin = Above("fairlead", "bash", "sshd-session", "sshd");
    private static readonly Ancestry BelowOldLogin = Above("fairlead", "sh", "sshd", "sshd");
    private static readonly Ancestry BelowCron = Above("fairlead", "sh", "cron");
    private static readonly Ancestry InPane = Above("fairlead", "bash", "tmux: server") with
    {
        Processes = [Process("fairlead", terminal: 34816), Process("bash"), Process("tmux: server")],
    };

    private static readonly Ancestry Hidden = Above("fairlead", "bash") with { IsCutShort = true };

    [Fact]
    public void Below_a_login_it_may_start() => Assert.Equal(StartPermission.Granted, Decide(BelowLogin));

    [Fact]
    public void Below_a_login_of_an_older_sshd_too() => Assert.Equal(StartPermission.Granted, Decide(BelowOldLogin));

    [Fact]
    public void On_a_terminal_it_may_start() => Assert.Equal(StartPermission.Granted, Decide(InPane));

    [Fact]
    public void Cron_starts_no_daemon() => Assert.Equal(StartPermission.NobodyThere, Decide(BelowCron));

    [Fact]
    public void Where_proc_hides_the_login_the_environment_is_believed() =>
        Assert.Equal(StartPermission.Granted, StartRule.Decide(false, false, Hidden, hasVariables: true));

    [Fact]
    public void An_environment_alone_is_not_a_login() =>
        Assert.Equal(StartPermission.NobodyThere, StartRule.Decide(false, false, BelowCron, hasVariables: true));

    [Fact]
    public void A_sandboxed_shell_does_not_start_the_host_s_only_daemon() =>
        Assert.Equal(StartPermission.PrivateUserNamespace, StartRule.Decide(false, true, BelowLogin, hasVariables: true));

    [Fact]
    public void Nothing_is_started_in_another_user_s_home() =>
        Assert.Equal(StartPermission.ForeignHome, StartRule.Decide(true, false, BelowLogin, hasVariables: true));

    [Fact]
    public void The_real_ancestry_begins_with_this_process_and_its_parent()
    {
        var read = Ancestry.Read();

        Assert.Equal(Environment.ProcessId, read.Processes[0].Pid);
        Assert.Equal(read.Processes[1].Pid, read.ParentPid);
        Assert.True(read.Includes(read.ParentPid));
        Assert.False(read.Includes(0));
        Assert.False(read.IsCutShort);
    }

    private static StartPermission Decide(Ancestry ancestry) => StartRule.Decide(false, false, ancestry, hasVariables: false);

    private static Ancestry Above(params string[] commands) =>
        new() { Processes = [.. commands.Select(command => Process(command))], IsCutShort = false };

    private static ProcessStat Process(string command, int terminal = 0) => new(100, command, 99, 100, terminal, 0);
}
