using Fairlead.Doctor;
using Fairlead.Shell;

namespace Fairlead.Tests.Doctor;

/// <summary>With real git.</summary>
public sealed class GitSshReaderTests : IDisposable
{
    private readonly TempFolder home = new();

    public GitSshReaderTests() => Assert.NotNull(ProgramSearch.Ask("git", "init", "-q", home.Path));

    [Theory]
    [InlineData("ssh -o IdentityAgent=none", "none")]
    [InlineData("ssh -oIdentityAgent=none -v", "none")]
    [InlineData("ssh -o 'identityagent ~/.1password/agent.sock'", "~/.1password/agent.sock")]
    [InlineData("SSH_AUTH_SOCK=/a/b ssh", "/a/b")]
    [InlineData("SSH_AUTH_SOCK= ssh", "none")]
    [InlineData("env -u SSH_AUTH_SOCK ssh", "none")]
    public void Another_agent_in_core_sshCommand_is_found(string command, string agent)
    {
        Configure(command);

        GitSshFacts found = Read()!;

        Assert.Equal((GitSshSource.Setting, GitSshTrouble.OtherAgent, agent), (found.Source, found.Trouble, found.Value));
        Assert.EndsWith("config", found.Origin, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh -i ~/.ssh/gone -o IdentitiesOnly=yes", "~/.ssh/gone")]
    [InlineData("ssh -oIdentitiesOnly=yes -i \"$HOME/gone\"", "~/gone")]
    public void A_key_that_is_not_here_is_found(string command, string key)
    {
        Configure(command);

        Assert.Equal((GitSshTrouble.MissingKey, key), (Read()!.Trouble, Read()!.Value));
    }

    [Theory]
    [InlineData("ssh -v")]
    [InlineData("ssh -i ~/gone")]
    [InlineData("ssh -i ~/here -o IdentitiesOnly=yes")]
    [InlineData("ssh -o IdentityAgent=SSH_AUTH_SOCK")]
    [InlineData("ssh -o IdentityAgent=~/fairlead.sock")]
    [InlineData("ssh -o IdentityAgent=${HOME}/fairlead.sock")]
    [InlineData("SSH_AUTH_SOCK=$HOME/fairlead.sock ssh")]
    public void What_leaves_the_agent_alone_is_skipped(string command)
    {
        File.WriteAllText(home["here.pub"], "");
        Configure(command);

        Assert.Null(Read());
    }

    /// <summary>As git itself does: GIT_SSH_COMMAND, core.sshCommand, GIT_SSH.</summary>
    [Fact]
    public void The_first_of_three_places_counts()
    {
        File.WriteAllText(home["wrapper"], "#!/bin/sh\nexec ssh -o IdentityAgent=/third \"$@\"\n");
        Assert.Equal((GitSshSource.ProgramVariable, "/third"), Of(Read(("GIT_SSH", home["wrapper"]))));

        Configure("ssh -o IdentityAgent=/second");
        Assert.Equal((GitSshSource.Setting, "/second"), Of(Read(("GIT_SSH", home["wrapper"]))));

        Assert.Equal((GitSshSource.CommandVariable, "/first"), Of(Read(("GIT_SSH", home["wrapper"]), ("GIT_SSH_COMMAND", "ssh -o IdentityAgent=/first"))));
        Assert.Null(Read(("GIT_SSH_COMMAND", "ssh -v")));
    }

    public void Dispose() => home.Dispose();

    private static (GitSshSource, string) Of(GitSshFacts? facts) => (facts!.Source, facts.Value);

    private void Configure(string command) => Assert.NotNull(ProgramSearch.Ask("git", "-C", home.Path, "config", "core.sshCommand", command));

    private GitSshFacts? Read(params (string Name, string Value)[] variables) =>
        new GitSshReader(home.Path, path => path == home["fairlead.sock"] ? SocketOwner.Ourselves : SocketOwner.Nobody).Read(home.Path, name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
