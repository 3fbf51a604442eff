using System.Diagnostics;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Reach;

/// <summary>An agent that has not answered may be asking its person. Its laptop is there: the kernel has its acknowledgement, over loopback as over any line.</summary>
public class AskedPersonTests
{
    [Fact]
    public async Task An_only_agent_that_lists_late_is_waited_for_as_ssh_itself_would()
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, HeldAgent vault) = await LogInWithVault(stage);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        vault.Hold(Message.RequestIdentities);
        Task<string> key = sofa.KeySeenByWeb01();
        await vault.Asked;
        await Becomes(stage, "awake"); // its time is up, and it is waited for
        vault.LetGo();
        Assert.Equal("home-key", await key);
    }

    [Fact]
    public async Task Behind_it_another_agent_answers_when_its_time_is_up()
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, HeldAgent vault) = await LogInWithVault(stage);
        _ = await (await stage.AddLaptop("work")).LogIn();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        vault.Hold(Message.RequestIdentities);
        Assert.Equal("work-key", await sofa.KeySeenByWeb01());
        vault.LetGo();
        await Becomes(stage, "live");
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task One_that_answers_nobody_costs_its_time_once()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[patience]\nawake = \"2s\"\n");
        (Login sofa, HeldAgent vault) = await LogInWithVault(stage);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        vault.Hold(Message.RequestIdentities);
        Assert.NotEqual(0, (await sofa.Ask("ssh-add -l")).ExitCode);
        Assert.Contains("stalled", (await sofa.Ask($"{stage.Fairlead} status")).Output, StringComparison.Ordinal);
    }

    /// <summary>Its answer never comes: without another question it would be stalled until its login ends.</summary>
    [Fact]
    public async Task One_that_has_lost_an_answer_is_back_when_it_may_be_asked_again()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[patience]\nawake = \"2s\"\n");
        (Login sofa, HeldAgent vault) = await LogInWithVault(stage);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        vault.Hold(Message.RequestIdentities);
        Assert.NotEqual(0, (await sofa.Ask("ssh-add -l")).ExitCode);
        vault.LoseHeld();
        long began = Stopwatch.GetTimestamp();
        while ((await sofa.Ask("ssh-add -l")).ExitCode != 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline.Length, "it is not back");
        }

        Assert.Contains("live", (await sofa.Ask($"{stage.Fairlead} status")).Output, StringComparison.Ordinal);
    }

    /// <summary>Busy agents are waited for without end here: what is answered has not waited for one.</summary>
    [Fact]
    public async Task A_signature_whose_asker_has_given_up_keeps_nobody_waiting()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[patience]\nbusy = \"10m\"\n");
        Laptop home = await stage.AddLaptop("home");
        HeldAgent vault = stage.Keep(new HeldAgent(Path.Combine(stage.Folder, "vault"), home.Agent.Socket));
        Login sofa = await home.LogInOffering(vault.Socket);
        _ = await (await stage.AddLaptop("work")).LogIn();
        await stage.Person.Write("home-key.pub", home.Key.Public);

        vault.Hold(Message.SignRequest);
        await sofa.Window.Type("ssh-keygen -Y sign -f home-key.pub -n file .profile");
        await vault.Asked;
        await sofa.Window.Press("C-c");
        await sofa.Window.Expect(System.Text.RegularExpressions.Regex.Escape(Shell.Prompt));
        (int exitCode, string keys) = await sofa.Ask("ssh-add -l");
        Assert.Equal(0, exitCode);
        Assert.Contains("home-key", keys, StringComparison.Ordinal);
    }

    /// <summary>Some agent is in this state. Each look is a question to the daemon.</summary>
    private static async Task Becomes(Stage stage, string state)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!(await stage.AsPerson(stage.Fairlead, "status", "--json")).Output.Contains($"\"state\":\"{state}\"", StringComparison.Ordinal))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>At home, where the agent is one that can be made to wait.</summary>
    private static async Task<(Login Sofa, HeldAgent Vault)> LogInWithVault(Stage stage)
    {
        Laptop home = await stage.AddLaptop("home");
        HeldAgent vault = stage.Keep(new HeldAgent(Path.Combine(stage.Folder, "vault"), home.Agent.Socket));
        return (await home.LogInOffering(vault.Socket), vault);
    }
}
