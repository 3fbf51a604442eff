using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>Files that are none, or that never come: nobody waits for them, a login least of all.</summary>
public class UnreadableFileTests
{
    private const int Usage = 2;

    /// <summary>A file system whose program never answers, as that of a network drive without a network; it ends with this process.</summary>
    private const string HangingFolder = """
        import ctypes, os, subprocess, sys
        libc = ctypes.CDLL(None, use_errno=True)
        fuse = os.open('/dev/fuse', os.O_RDWR)
        options = b'fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other' % fuse
        if libc.mount(b'none', sys.argv[1].encode(), b'fuse', 0, options):
            sys.exit(os.strerror(ctypes.get_errno()))
        sys.exit(subprocess.call(sys.argv[2:]))
        """;

    [Theory]
    [InlineData("mkfifo ~/.config/fairlead/config.toml", "cannot be read: is a pipe, a socket or a device")]
    [InlineData("ln -s /dev/zero ~/.config/fairlead/config.toml", "cannot be read: is a pipe, a socket or a device")]
    [InlineData("mkdir ~/.config/fairlead/config.toml", "cannot be read: is a directory")]
    [InlineData("truncate -s 1T ~/.config/fairlead/config.toml", "is longer than 256 KiB")]
    public async Task A_configuration_that_is_no_file_is_said_and_the_login_goes_on(string how, string said)
    {
        await using Stage stage = await Stage.Raise();
        Login first = await (await stage.AddLaptop("home")).LogIn();
        (await stage.AsPerson("sh", "-c", $"mkdir -p ~/.config/fairlead && {how}")).Succeeded();

        Login next = await (await stage.AddLaptop("work")).LogIn();
        Finished status = await stage.AsPerson(stage.Fairlead, "status");

        Assert.Equal(stage.StableSocket, await next.AuthSock());
        Assert.Equal("home-key", await first.KeySeenByWeb01());
        Assert.Equal("work-key", await next.KeySeenByWeb01());
        Assert.Equal((Usage, ""), (status.ExitCode, status.Output));
        Assert.StartsWith($"fairlead: {stage.Person.InHome(".config/fairlead/config.toml")}: {said}\nhint: ", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipes_in_the_place_of_other_files_are_passed_over()
    {
        await using Stage stage = await Stage.Raise();
        Login login = await (await stage.AddLaptop("home")).LogIn();
        await stage.AsPerson("sh", "-c", "cd; rm -f .ssh/known_hosts .ssh/config .zshrc; mkfifo .ssh/known_hosts .ssh/config .zshrc k.pub; mkdir -p .config/git; mkfifo .profile");

        foreach (string command in new[] { "doctor", "setup </dev/null", "setup --undo </dev/null", "status", "why" })
        {
            (int exitCode, string output) = await login.Ask($"timeout 20 {stage.Fairlead} {command}");
            Assert.True(exitCode != 124, $"{command} waits\n{output}");
        }
        Assert.Contains("home-key", (await login.Ask("ssh-add -l")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_does_not_wait_for_a_file_system_that_never_answers()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string folder = stage.Person.InHome(".config/fairlead");
        (await stage.AsPerson("mkdir", "-p", folder)).Succeeded();

        Finished init = await new Invocation(
            ["unshare", "--mount", "--propagation", "private", PythonScript.Program, "-c", HangingFolder, folder,
                .. Invocation.Of(stage.Fairlead, "init", "bash").As(stage.Person).Words]).Run();

        Assert.Equal((0, "", ""), (init.ExitCode, init.Output, init.Error));
    }
}
