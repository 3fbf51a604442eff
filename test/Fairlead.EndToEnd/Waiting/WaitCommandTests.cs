using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Waiting;

/// <summary>Waiting before ssh: a job at the end of a long run goes on when the person is back, with nothing done in its pane.</summary>
public class WaitCommandTests
{
    private const int TimeIsOver = 1;
    private const int NoDaemon = 3;

    [Theory]
    [InlineData("fairlead wait && ssh web01 job")]
    [InlineData("fairlead exec --wait 8h -- ssh web01 job")]
    public async Task A_job_in_a_detached_pane_goes_on_when_the_person_is_back(string command)
    {
        await using Stage stage = await Stage.Raise();
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        await using Job job = await DetachedJob.Begin(stage, work, command);
        await Waiters.Become(stage, 1);

        await home.LogIn();

        await job.Tells(@"web01 saw home-key in turn job\s+over: 0");
        await Waiters.Become(stage, 0);
    }

    [Fact]
    public async Task Where_a_login_alone_is_not_enough_the_job_goes_on_when_somebody_looks_at_its_session()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[routing]\nfallback = \"none\"\n");
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        await using Job job = await DetachedJob.Begin(stage, work, "fairlead wait && ssh web01 job");
        await Waiters.Become(stage, 1);

        Login sofa = await home.LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await Waiters.Become(stage, 1);
        await sofa.Window.Type("tmux attach-session -t main");

        await job.Tells(@"web01 saw home-key in turn job\s+over: 0");
    }

    /// <summary>As under cron, or in a pane whose login is gone and that has no rc line.</summary>
    [Theory]
    [InlineData("env -u SSH_AUTH_SOCK")]
    [InlineData("env SSH_AUTH_SOCK=/tmp/ssh-gone/agent.1")]
    public async Task A_command_that_knows_no_live_agent_gets_the_one_that_was_waited_for(string around)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        (int exitCode, string output) = await sofa.Ask($"{around} {stage.Fairlead} exec --wait 20 -- ssh-add -l");

        Assert.Equal(0, exitCode);
        Assert.Contains("home-key", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_stays_between_the_waiting_and_the_command()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        const string Script = "echo ran as $$; kill -s PIPE $$; echo survived";

        (int exitCode, string output) = await sofa.Ask(
            $"sh -c 'echo began as $$; exec {stage.Fairlead} exec --wait 8h -- sh -c \"$0\" \"it'\\''s one word\"' '{Script}'");

        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(lines[0].Replace("began", "ran", StringComparison.Ordinal), lines[1]);
        Assert.DoesNotContain("survived", output, StringComparison.Ordinal);
        Assert.Equal(128 + 13, exitCode);
    }

    [Theory]
    [InlineData("sh -c 'exit 42'", 42)]
    [InlineData("no-such-command", 127)]
    [InlineData("/etc/passwd", 126)]
    [InlineData("/etc", 126)]
    public async Task The_exit_code_is_the_commands(string command, int expected)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        (int exitCode, _) = await sofa.Ask($"{stage.Fairlead} exec -- {command}");

        Assert.Equal(expected, exitCode);
    }

    [Fact]
    public async Task What_the_command_gets_is_what_it_would_get_without_fairlead()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        const string Look = "sh -c 'ulimit -Sn; ulimit -Sc; grep -E ^Sig[BI] /proc/self/status; ls /proc/self/fd; env | sort | grep -v ^_='";
        await sofa.Ask("ulimit -Sn 300");

        Assert.Equal(await sofa.Ask(Look), await sofa.Ask($"{stage.Fairlead} exec -- {Look}"));
    }

    [Fact]
    public async Task An_agent_that_is_locked_is_no_answer_until_it_is_unlocked_on_its_laptop()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Laptop work = await stage.AddLaptop("work");
        await Lock(home, "-x");

        (int status, string said) = await sofa.Ask($"{stage.Fairlead} status");
        (int over, string noKeys) = await sofa.Ask($"{stage.Fairlead} wait --timeout 200ms");
        await using Job job = await DetachedJob.Begin(stage, work, "{ fairlead wait && ssh web01 job; }");
        await job.Tells("waiting until it has one");
        await Lock(home, "-X");

        await job.Tells(@"web01 saw home-key in turn job\s+over: 0");
        Assert.Equal((1, TimeIsOver), (status, over));
        Assert.Contains("! it has no keys, or it is locked", said, StringComparison.Ordinal);
        Assert.Contains("has no keys or is locked", noKeys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_comes_the_time_is_over()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        Assert.Equal(NoDaemon, (await stage.AsPerson(stage.Fairlead, "wait", "--timeout", "200ms")).ExitCode);
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();

        Finished wait = await stage.AsPerson(stage.Fairlead, "wait", "--timeout", "200ms");
        Finished exec = await stage.AsPerson(stage.Fairlead, "exec", "--wait", "200ms", "--", "echo", "ran");

        Assert.Equal((TimeIsOver, ""), (wait.ExitCode, wait.Output));
        Assert.StartsWith("fairlead: no agent answered here within 200ms\n", wait.Error, StringComparison.Ordinal);
        Assert.Equal((TimeIsOver, ""), (exec.ExitCode, exec.Output));
    }

    /// <summary>ssh-add asks for the password on its terminal, or by a program.</summary>
    private static async Task Lock(Laptop laptop, string how) =>
        (await laptop.Command("sh", "-c", $"printf '#!/bin/sh\necho secret\n' >ask && chmod +x ask && SSH_ASKPASS=./ask SSH_ASKPASS_REQUIRE=force exec ssh-add {how}").Run()).Succeeded();

    [Fact]
    public async Task A_wait_outlives_the_daemon()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        await using Job job = await DetachedJob.Begin(stage, home, "fairlead wait && ssh web01 job");
        await Waiters.Become(stage, 1);
        await stage.KillDaemon();
        await Waiters.Become(stage, 1);

        await home.LogIn();

        await job.Tells(@"web01 saw home-key in turn job\s+over: 0");
    }
}
