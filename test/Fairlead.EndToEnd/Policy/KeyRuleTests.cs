using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Rules about which keys a program sees, and what it may sign: the recipes of docs/policy.md.</summary>
public class KeyRuleTests
{
    private const string Claude = "#!/bin/sh\n\"$@\"\n";

    [Fact]
    public async Task A_server_that_gives_up_after_three_keys_is_shown_the_right_one()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        SshServer strict = await stage.AddHost("strict", "MaxAuthTries 3");
        foreach (string name in new[] { "second", "third", "fourth", "fifth" })
        {
            await AddKey(stage, home, name);
        }
        SshKey right = await AddKey(stage, home, "sixth");
        await strict.Allow(right.Public);
        Login sofa = await home.LogIn();
        Assert.NotEqual(0, (await sofa.Ask("ssh strict true")).ExitCode);

        await stage.Configure($"[[rule]]\nwhen = {{ host = \"strict\" }}\nkeys = [\"{await Fingerprint(right)}\"]\n");

        Assert.Equal((0, ""), await sofa.Ask("ssh strict true"));
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task Two_accounts_are_told_apart_by_folder()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        SshKey work = await AddKey(stage, home, "work");
        await stage.Web01.Allow(work.Public, "command=\"echo the work account\"");
        await stage.Configure(
            $$"""
            [[rule]]
            when = { host = "web01", cwd = "~/work" }
            keys = ["{{await Fingerprint(work)}}"]
            [[rule]]
            when = { host = "web01" }
            keys = ["{{await Fingerprint(home.Key)}}"]
            """);
        Login sofa = await home.LogIn();

        Assert.Equal((0, "the work account"), await sofa.Ask("mkdir -p work/project && cd work/project && ssh web01"));
        await sofa.Ask("cd");
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    /// <summary>A script has the name of its file, whichever program reads it; what it starts stays below it.</summary>
    [Theory]
    [InlineData("./claude")]
    [InlineData("./claude setsid -w")]
    [InlineData("./claude sh -c '\"$@\"' sh")]
    public async Task Below_a_coding_agent_one_key_is_there_and_commits_are_not_signed(string below)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        SshKey deploy = await AddKey(stage, home, "deploy");
        await stage.Person.Write("claude", Claude, "755");
        await stage.Person.Write("deploy.pub", deploy.Public + "\n");
        await stage.Person.Write(".gitconfig", "[user]\n name = Person\n email = person@example.org\n signingkey = ~/deploy.pub\n[gpg]\n format = ssh\n");
        await stage.Configure(
            $$"""
            [[rule]]
            when = { under = "claude" }
            keys = ["{{await Fingerprint(deploy)}}"]
            [[rule]]
            when = { under = "claude", sign = "git" }
            use = "none"
            """);
        Login sofa = await home.LogIn();
        await sofa.Ask("git init -q work");

        Assert.Equal(2, Lines((await sofa.Ask("ssh-add -l")).Output));
        Assert.Contains("deploy", Assert.Single((await sofa.Ask($"{below} ssh-add -l")).Output.Split('\n')), StringComparison.Ordinal);
        Assert.NotEqual(0, (await sofa.Ask($"{below} ssh web01")).ExitCode);
        Assert.NotEqual(0, (await sofa.Ask($"{below} git -C work commit -q -S --allow-empty -m denied")).ExitCode);
        Assert.Equal((0, ""), await sofa.Ask("git -C work commit -q -S --allow-empty -m signed"));
        string why = (await sofa.Ask($"{below} ~/.local/bin/fairlead why")).Output;
        Assert.Contains("keys: 1 of 2 is shown", why, StringComparison.Ordinal);
        Assert.Contains("signature: denied if the rest of this rule holds", why, StringComparison.Ordinal);
    }

    private static int Lines(string text) => text.Split('\n').Length;

    private static async Task<SshKey> AddKey(Stage stage, Laptop laptop, string name)
    {
        SshKey key = await SshKey.Create(Path.Combine(stage.Folder, name), name);
        await laptop.Agent.Add(key);
        return key;
    }

    private static async Task<string> Fingerprint(SshKey key) =>
        (await Invocation.Of("ssh-keygen", "-lf", key.Path).Run()).Succeeded().Output.Split(' ')[1];
}
