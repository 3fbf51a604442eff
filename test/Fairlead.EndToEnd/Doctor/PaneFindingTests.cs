using Fairlead.EndToEnd.Healing;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Doctor;

/// <summary>Panes, old ones and those to come, and what git does in them.</summary>
public class PaneFindingTests
{
    private static readonly Multiplexer Tmux = Multiplexer.Of(MultiplexerKind.Tmux);

    [Fact]
    public async Task A_stale_value_in_tmux_is_replaced_for_good_by_the_line_that_is_named()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await sofa.Start(Tmux);
        await sofa.Ask("tmux set-environment SSH_AUTH_SOCK /tmp/ssh-gone/agent.1");

        Finding found = (await Diagnosis.In(sofa, stage)).The("tmux");
        Assert.Equal("warning", found.Verdict);
        await sofa.Ask(found.Fix);

        Assert.Empty((await Diagnosis.In(sofa, stage)).Wrong);
        Assert.DoesNotContain("SSH_AUTH_SOCK", (await sofa.Ask("tmux show-options -g update-environment")).Output, StringComparison.Ordinal);
    }

    /// <summary>The daemon is told not to heal, so that the pane stays what it was before.</summary>
    [Fact]
    public async Task An_old_pane_that_is_not_healed_is_named_and_the_line_repairs_it()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        OldPane pane = await OldPane.Leave(stage);
        await stage.Install();
        await stage.Person.Write(".config/fairlead/config.toml", "[heal]\nold_paths = false\n");
        (await stage.AsPerson(stage.Fairlead, "start")).Succeeded();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        Finding found = (await Diagnosis.In(sofa, stage)).The("old panes");
        Assert.Matches(@"^bash \(process \d+\)", found.Message);
        await sofa.Reattach(Tmux);
        await sofa.Ask(found.Fix);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_signing_key_that_no_agent_holds_is_told_until_one_does()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        SshKey key = await SshKey.Create(Path.Combine(stage.Folder, "signing"), "signing-key");
        await stage.Person.Write("signing.pub", key.Public + "\n");
        await stage.Person.Write(".gitconfig", "[user]\n    signingkey = ~/signing.pub\n[gpg]\n    format = ssh\n");

        Finding found = (await Diagnosis.Through(home, stage)).The("git signing");
        Assert.Equal(("problem", "no live agent has ~/signing.pub"), (found.Verdict, found.Message));
        await home.Agent.Add(key);

        Assert.Empty((await Diagnosis.Through(home, stage)).Wrong);
    }
}
