using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>
/// scp, sftp, rsync and git speak their own protocols over a shell that has read the rc file: one stray byte breaks them.
/// </summary>
public class CommandsOverSshTests
{
    public static TheoryData<ShellKind, string> RcFiles { get; } = new()
    {
        { ShellKind.Bash, ".bashrc" },
        { ShellKind.Zsh, ".zshenv" },
        { ShellKind.Zsh, ".zshrc" },
        { ShellKind.Fish, ".config/fish/config.fish" },
    };

    [Theory]
    [MemberData(nameof(RcFiles))]
    public async Task No_byte_of_the_rc_line_reaches_the_other_end(ShellKind shell, string rcFile)
    {
        await using Stage stage = await Stage.Raise(shell, rcFile: rcFile);
        Laptop home = await stage.AddLaptop("home");
        string file = Path.Combine(stage.Folder, "file");
        await File.WriteAllTextAsync(file, "contents\n");
        await stage.AsPerson("git", "init", "-q", "--bare", "repository");

        // Twice: the first one may have to start the daemon.
        foreach (string turn in new[] { "first", "second" })
        {
            await IsSilent(home.Ssh("-A", "gateway", "true"));
            await IsSilent(home.Command("scp", "-q", "-F", home.SshConfig, file, $"gateway:{turn}-scp"));
            await IsSilent(home.Command("scp", "-O", "-q", "-F", home.SshConfig, file, $"gateway:{turn}-old-scp"));
            await IsSilent(home.Command("rsync", file, $"gateway:{turn}-rsync"));
            await IsSilent(home.Command("git", "clone", "-q", "--no-local", "gateway:repository", Path.Combine(stage.Folder, turn)),
                "warning: You appear to have cloned an empty repository.\n");
            Finished sftp = await home.Command("sftp", "-q", "-F", home.SshConfig, "-b", "-", "gateway").Run($"put {file} {turn}-sftp\n");
            Assert.Equal((0, ""), (sftp.ExitCode, sftp.Error));
            foreach (string tool in new[] { "scp", "old-scp", "rsync", "sftp" })
            {
                Assert.Equal("contents\n", await File.ReadAllTextAsync(stage.Person.InHome($"{turn}-{tool}")));
            }
        }
    }

    [Theory]
    [InlineData(ShellKind.Bash, ".bashrc")]
    [InlineData(ShellKind.Zsh, ".zshenv")]
    [InlineData(ShellKind.Fish, ".config/fish/config.fish")]
    public async Task A_command_over_ssh_has_its_own_laptops_agent(ShellKind shell, string rcFile)
    {
        await using Stage stage = await Stage.Raise(shell, rcFile: rcFile);
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();

        Finished command = await work.Ssh("-A", "gateway", "echo $SSH_AUTH_SOCK; ssh web01 once").Run();

        Assert.Equal($"{stage.StableSocket}\nweb01 saw work-key in turn once\n", command.Output);
        Assert.Equal((0, ""), (command.ExitCode, command.Error));
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    private static async Task IsSilent(Invocation command, string allowed = "")
    {
        Finished finished = await command.Run();
        Assert.Equal(("", "", 0), (finished.Output, finished.Error.Replace(allowed is "" ? "\0" : allowed, ""), finished.ExitCode));
    }
}
