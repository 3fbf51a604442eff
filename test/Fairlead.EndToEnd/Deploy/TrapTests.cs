using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Deploy;

/// <summary>What machines are like: each is either set up, or named with the reason and left as it was.</summary>
public class TrapTests
{
    [Theory]
    [InlineData("/bin/bash", ".bashrc", "echo welcome; printf 'no line end'; echo oops >&2")]
    [InlineData("/usr/bin/tcsh", ".tcshrc", "echo welcome")]
    [InlineData("/usr/bin/fish", ".config/fish/config.fish", "echo welcome")]
    [InlineData("/bin/dash", ".profile", "echo welcome")]
    [InlineData("/usr/bin/zsh", ".zshenv", "echo welcome")]
    [InlineData("/usr/bin/ksh", ".kshrc", "echo welcome")]
    public async Task Any_login_shell_and_an_rc_file_that_prints_do(string shell, string rcFile, string line)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host", shell);
        await host.Account.Write(rcFile, line + "\n");

        (await fleet.Deploy("--yes", "host")).Succeeded();
        Assert.Equal(["fairlead", "fairlead.before"], host.Files);

        Assert.Contains("host: removed", (await fleet.Deploy("--yes", "--undo", "host")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Empty(host.Files);
        Assert.Equal(line + "\n", await File.ReadAllTextAsync(host.Account.InHome(rcFile)));
    }

    [Theory]
    [InlineData("exec tmux", "host: failed: the login there does not run commands: open terminal failed: not a terminal")]
    [InlineData("printf '\\033]0;evil\\007\\n'; exit 1", "host: failed: the login there does not run commands: \ufffd]0;evil\ufffd")]
    [InlineData("yes", "host: failed: it never stops printing; look at the rc files there")]
    [InlineData("exec sleep 1000", "host: failed: no answer for 3 s", "--timeout=3s")]
    [InlineData("exec cat >/dev/null", "host: failed: no answer for 3 s", "--timeout=3s")]
    public async Task An_rc_file_in_the_way_is_named(string line, string said, params string[] options)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        await host.Account.Write(".bashrc", line + "\n");

        Finished failed = await fleet.Deploy(["--yes", .. options, "host"]);

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains(said + "\n", failed.Output, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task An_account_without_a_shell_is_named()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        await fleet.Add("host", "/usr/sbin/nologin");

        Finished failed = await fleet.Deploy("--yes", "host");

        Assert.Contains("host: failed: the login there does not run commands: This account is currently not available.\n", failed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size=2m", null, "no space left there")]
    [InlineData("size=64m,noexec", null, "programs cannot run there (noexec); use --prefix for another place")]
    [InlineData("size=64m", "ro", "the file system there is read-only")]
    public async Task A_home_that_takes_no_program_is_named(string options, string? then, string said)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        await MountedHome.Mount(stage, host.Account, options, then);

        Finished failed = await fleet.Deploy("--yes", "host");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains($"host: failed: {host.Program}: {said}\n", failed.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(host.Account.Home));
    }

    [Fact]
    public async Task A_home_that_fills_up_meanwhile_is_left_as_it_was()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        await MountedHome.Mount(stage, host.Account, "size=8m");
        // A df that does not know of a quota.
        await host.Account.Write("bin/df", "#!/bin/sh\nprintf 'head\\nfs 1 1 999999999 1 /\\n'\n", "755");
        await host.Account.Write(".bashrc", "PATH=~/bin:$PATH\n");

        Finished failed = await fleet.Deploy("--yes", "host");

        Assert.Contains("host: failed: the disk: no space left there\n", failed.Output, StringComparison.Ordinal);
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task An_account_without_a_home_is_named()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        Directory.Delete(host.Account.Home, recursive: true);

        Assert.Contains("host: failed: you have no home there\n", (await fleet.Deploy("--yes", "host")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printf '#!/bin/sh\\necho mine\\n' >~/.local/bin/fairlead", "is not fairlead; left unchanged")]
    [InlineData("cp /bin/true ~/.local/bin/fairlead", "is not fairlead; left unchanged")]
    [InlineData("ln -s /usr/bin/env ~/.local/bin/fairlead", "is a link; left unchanged")]
    public async Task Another_program_of_that_name_is_never_touched(string place, string said)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        (await host.Run("sh", "-c", $"mkdir -p ~/.local/bin && {place}")).Succeeded();

        Finished failed = await fleet.Deploy("--yes", "--force", "host");

        Assert.Contains($"host: failed: {host.Program} {said}\n", failed.Output, StringComparison.Ordinal);
        Assert.Equal(["fairlead"], host.Files);
        Assert.False(host.IsSetUp);
    }

    [Fact]
    public async Task Habits_of_ssh_config_do_not_stand_in_the_way()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        string habits =
            $"""
                RemoteCommand tmux new -A
                RequestTTY force
                ForwardAgent yes
                LocalForward 127.0.0.1:1 127.0.0.1:1
                PermitLocalCommand yes
                LocalCommand echo local
                SessionType none
                StdinNull yes
                ControlMaster auto
                ControlPersist 60
                ControlPath {stage.Folder}/%C

            """;
        Machine host = await fleet.Add("host", account, "", habits);

        (await fleet.Deploy("--yes", "host")).Succeeded();

        Assert.True(host.IsSetUp);
        Assert.Empty(Directory.GetFiles(stage.Folder)); // no master is left behind
    }

    /// <summary>A running program cannot be written to; its daemon hands over to the one that takes its place.</summary>
    [Fact]
    public async Task A_program_whose_daemon_runs_is_replaced_and_the_daemon_hands_over()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        (await fleet.Deploy("--yes", "host")).Succeeded();
        string socket = (await host.Run(host.Program, "path")).Succeeded().Output.Trim();
        int before = await SocketPeer.ProcessOf(socket);
        (await stage.AsPerson("sh", "-c", $"mkdir ~/from && cp {stage.Fairlead} ~/from/fairlead-linux-$(uname -m) && echo >>~/from/fairlead-linux-$(uname -m)")).Succeeded();

        Finished replaced = (await fleet.Deploy("--yes", "--from", stage.Person.InHome("from"), "host")).Succeeded();

        Assert.Contains("was replaced by another build of it", replaced.Output, StringComparison.Ordinal);
        int after = await SocketPeer.ProcessOf(socket);
        Assert.NotEqual(before, after);
        Assert.Equal(host.Program, new FileInfo($"/proc/{after}/exe").LinkTarget);
        (await fleet.Deploy("--yes", "--undo", "host")).Succeeded();
        Assert.Equal(await File.ReadAllBytesAsync(stage.Fairlead), await File.ReadAllBytesAsync(host.Program));
    }

    [Theory]
    [InlineData(1, 0, "'fairlead setup' failed, and {0}: no place for the rc line")]
    [InlineData(0, 1, "'fairlead restart' failed, and {0}: the daemon does not answer")]
    public async Task What_fails_after_the_program_is_in_its_place_brings_the_former_one_back(int setup, int restart, string said)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine empty = await fleet.Add("empty");
        Machine host = await fleet.Add("host");
        string old = await fleet.Build(stage.Person.InHome("old"), "0.0.1");
        await host.Place(old);
        string from = await BuildNew(stage, fleet, setup, restart);

        Finished failed = await fleet.Deploy("--yes", "--from", from, "host", "empty");

        Assert.Contains($"host: failed: {string.Format(CultureInfo.InvariantCulture, said, "0.0.1 is back")}\n", failed.Output, StringComparison.Ordinal);
        Assert.Contains($"empty: failed: {string.Format(CultureInfo.InvariantCulture, said, "the new program was removed again")}\n", failed.Output, StringComparison.Ordinal);
        Assert.Equal("0.0.1\n", await File.ReadAllTextAsync(host.Account.InHome(".set-up"))); // what the new one wrote is the former one's again
        Assert.False(File.Exists(empty.Account.InHome(".set-up")));
        Assert.Equal(await File.ReadAllBytesAsync(old), await File.ReadAllBytesAsync(host.Program));
        Assert.Equal(["fairlead"], host.Files);
        Assert.Empty(empty.Files);
    }

    [Fact]
    public async Task A_newer_one_is_left_and_one_that_does_not_run_there_never_arrives()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine newer = await fleet.Add("newer");
        await newer.Place(await fleet.Build(stage.Person.InHome("new"), "99.0.0"));

        Finished failed = await fleet.Deploy("--yes", "newer");
        Assert.Contains("newer: failed: 99.0.0 is there, which is newer than 0.1", failed.Output, StringComparison.Ordinal);
        Assert.Equal("fairlead 99.0.0\n", (await newer.Run(newer.Program, "--version")).Output);

        await stage.AsPerson("sh", "-c", $"mkdir ~/from; head -c 5000 {stage.Fairlead} >~/from/fairlead-linux-$(uname -m)");
        failed = await fleet.Deploy("--yes", "--force", "--from", stage.Person.InHome("from"), "newer");
        Assert.Contains("newer: failed: the program does not run there", failed.Output, StringComparison.Ordinal);
        Assert.Equal(["fairlead"], newer.Files);

        (await fleet.Deploy("--yes", "--force", "newer")).Succeeded();
        Assert.StartsWith("fairlead 0.", (await newer.Run(newer.Program, "--version")).Output, StringComparison.Ordinal);
    }

    /// <summary>The file of the other architecture stays, under its own name, and what rc files name begins the right one of both.</summary>
    [Fact]
    public async Task Two_architectures_share_a_home()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        byte[] other = await File.ReadAllBytesAsync(stage.Fairlead);
        (byte machine, string name) = other[18] == 62 ? ((byte)183, "aarch64") : ((byte)62, "x86_64");
        string own = other[18] == 62 ? "x86_64" : "aarch64";
        other[18] = machine;
        await File.WriteAllBytesAsync(stage.Person.InHome("other"), other);
        await host.Place(stage.Person.InHome("other"));
        await host.Account.Write(".local/bin/fairlead.before", "");

        (await fleet.Deploy("--yes", "host")).Succeeded();

        // Each has what its own --undo needs.
        Assert.Equal(new[] { "fairlead", $"fairlead-linux-{name}", $"fairlead-linux-{name}.before", $"fairlead-linux-{own}", $"fairlead-linux-{own}.before" }.Order(), host.Files);
        Assert.Equal(other, await File.ReadAllBytesAsync(host.Account.InHome($".local/bin/fairlead-linux-{name}")));
        Assert.StartsWith("fairlead 0.", (await host.Run(host.Program, "--version")).Succeeded().Output, StringComparison.Ordinal);
        Assert.True(host.IsSetUp);
        int daemon = await SocketPeer.ProcessOf((await host.Run(host.Program, "path")).Output.Trim());
        Assert.Equal($"{host.Program}-linux-{own}", new FileInfo($"/proc/{daemon}/exe").LinkTarget);
        Assert.Contains("nothing to do", (await fleet.Deploy("--yes", "host")).Succeeded().Output, StringComparison.Ordinal);

        Assert.Contains("host: removed", (await fleet.Deploy("--yes", "--undo", "host")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(["fairlead", $"fairlead-linux-{name}", $"fairlead-linux-{name}.before"], host.Files);
    }

    [Fact]
    public async Task This_machine_is_a_host_like_any_other()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine here = await fleet.Add("here", stage.Person);

        Finished looked = await fleet.Deploy("--check", "here");
        Assert.Equal(1, looked.ExitCode);
        Assert.Contains("is there, and would be set up", looked.Output, StringComparison.Ordinal);
        Assert.False(here.IsSetUp);
        Assert.Contains("was there, and is now set up", (await fleet.Deploy("--yes", "here")).Succeeded().Output, StringComparison.Ordinal);
        Assert.True(here.IsSetUp);
        Assert.Contains("nothing to do", (await fleet.Deploy("--yes", "here")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("nothing to do", (await fleet.Deploy("--check", "here")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_a_package_is_left_alone()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        string program = await fleet.Build(stage.Person.InHome("old"), "0.0.1");
        // The machine's own /usr/bin stays as it is: the server sees another one on top of it.
        Machine host = await fleet.Add("host", account, "", "");
        await host.Account.Write(".bashrc", "");
        string top = Path.Combine(stage.Folder, "top");
        Directory.CreateDirectory($"{top}/upper");
        Directory.CreateDirectory($"{top}/work");
        File.Copy(program, $"{top}/upper/fairlead");
        await using SshServer server = await SshServer.Start(
            stage.Folder, "packaged", command => new(["unshare", "--mount", "sh", "-c",
                "mount -t overlay -o lowerdir=/usr/local/bin,upperdir=\"$0/upper\",workdir=\"$0/work\" over /usr/local/bin && exec \"$@\"", top, .. command.Words]), account);
        await server.Allow(await File.ReadAllTextAsync(stage.Person.InHome(".ssh/id_ed25519.pub")));
        await File.AppendAllTextAsync(stage.Person.InHome(".ssh/known_hosts"), server.Endpoint.KnownHostsLine);
        await File.AppendAllTextAsync(stage.Person.InHome(".ssh/config"), server.Endpoint.ClientSettings(account.Name, stage.Person.InHome(".ssh/known_hosts")));

        Finished failed = await fleet.Deploy("--yes", "packaged");

        Assert.Contains("packaged: failed: 0.0.1 is there from a package, /usr/local/bin/fairlead; --force also installs one in your home\n", failed.Output, StringComparison.Ordinal);
        Assert.Empty(host.Files);

        // Its lines and its daemon are not taken away with the one that was put beside it.
        await host.Account.Write(".set-up", "0.0.1\n");
        string from = await BuildNew(stage, fleet, setup: 1, restart: 0);
        failed = await fleet.Deploy("--yes", "--force", "--from", from, "packaged");
        Assert.Contains("packaged: failed: 'fairlead setup' failed, and the new program was removed again: no place for the rc line\n", failed.Output, StringComparison.Ordinal);
        Assert.Equal("0.0.1\n", await File.ReadAllTextAsync(host.Account.InHome(".set-up")));
        Assert.Empty(host.Files);
    }

    /// <summary>A folder for --from with a program for either architecture.</summary>
    private static async Task<string> BuildNew(Stage stage, Fleet fleet, int setup, int restart)
    {
        string from = stage.Person.InHome("from");
        await fleet.Build($"{from}/fairlead-linux-x86_64", "0.1.0", setup, restart);
        await fleet.Build($"{from}/fairlead-linux-aarch64", "0.1.0", setup, restart);
        return from;
    }
}
