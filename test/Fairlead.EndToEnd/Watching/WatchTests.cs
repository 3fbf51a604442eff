using System.Text.RegularExpressions;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Watching;

/// <summary>Requests as they pass, for a person who looks on.</summary>
public class WatchTests
{
    [Fact]
    public async Task A_request_from_a_pane_appears_in_the_window_that_watches()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        await sofa.Start(Multiplexer.Of(MultiplexerKind.Tmux));
        Login onlooker = await home.LogIn();
        await Watch(stage, onlooker);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        await onlooker.Window.Expect(@"ssh \(\d+\), tmux %0: sign for \S+@web01 +answered  [\d.]+ m?s");
        await onlooker.Window.Expect(@"by 127\.0\.0\.1 \(pts/\d+\) with home-key \(ssh-ed25519 SHA256:");
    }

    [Theory]
    [InlineData("q")]
    [InlineData("C-c")]
    public async Task It_is_drawn_anew_for_another_window_and_leaves_the_terminal_as_it_was(string key)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        string before = (await sofa.Ask("stty -a")).Output;
        await Watch(stage, sofa);
        await sofa.Window.Resize(70, 20);
        await sofa.Window.Expect(@"fairlead [\d.]+: 1 agent, 1 login, .+ {2,}q quits");
        Match title = await sofa.Window.Expect(@"fairlead [\d.]+: .{0,60}q quits");
        Assert.InRange(title.Length, 60, 70);
        await sofa.Window.Resize(120, 40);
        await sofa.Window.Expect(@"fairlead [\d.]+: .{70,}q quits");

        await sofa.Window.Press(key);
        await sofa.Window.Expect(Regex.Escape(Shell.Prompt));

        Assert.Equal(before, (await sofa.Ask("stty -a")).Output);
        Assert.DoesNotContain("q quits", await sofa.Window.Screen(), StringComparison.Ordinal);
        Assert.Equal((0, "typed"), await sofa.Ask("echo typed"));
    }

    [Fact]
    public async Task It_can_be_suspended_and_goes_on_in_the_foreground()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        string before = (await sofa.Ask("stty -a")).Output;
        await Watch(stage, sofa);

        await sofa.Window.Press("C-z");
        await sofa.Window.Expect("Stopped");
        Assert.Equal(before, (await sofa.Ask("stty -a")).Output);
        await sofa.Window.Type("fg");
        await sofa.Window.Expect(@"fairlead [\d.]+: \d agents?, .+q quits");
        await sofa.Window.Press("q");
        await sofa.Window.Expect(Regex.Escape(Shell.Prompt));

        Assert.Equal(before, (await sofa.Ask("stty -a")).Output);
    }

    /// <summary>A terminal that cannot be drawn on has the keys all the same.</summary>
    [Fact]
    public async Task A_dumb_terminal_gets_a_line_for_each_request_until_q()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Login onlooker = await home.LogIn();
        await onlooker.Window.Type($"TERM=dumb {stage.Fairlead} watch");
        await onlooker.Window.Expect("waiting for requests; press q to end");

        await sofa.KeySeenByWeb01();
        await onlooker.Window.Expect("sign for .*@web01");
        await onlooker.Window.Press("q");
        await onlooker.Window.Expect(Regex.Escape(Shell.Prompt));

        Assert.Equal((0, "typed"), await onlooker.Ask("echo typed"));
    }

    [Fact]
    public async Task It_goes_on_with_the_next_daemon()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Login onlooker = await home.LogIn();
        await Watch(stage, onlooker);
        (await stage.AsPerson(stage.Fairlead, "stop")).Succeeded();
        Match gone = await onlooker.Window.Expect("the daemon is not running");
        await sofa.Ask($"{stage.Fairlead} start");
        Match back = await onlooker.Window.ExpectAfter(gone.Index, @"fairlead [\d.]+: \d agents?");

        await sofa.KeySeenByWeb01();

        await onlooker.Window.ExpectAfter(back.Index, "sign for .*@web01");
    }

    [Fact]
    public async Task A_restart_does_not_end_it()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        Login onlooker = await home.LogIn();
        await Watch(stage, onlooker);
        Assert.Equal(0, (await sofa.Ask($"{stage.Fairlead} restart")).ExitCode);

        // What passes before it has found the new daemon is not told.
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!(await onlooker.Window.Screen()).Contains("@web01", StringComparison.Ordinal))
        {
            late.Token.ThrowIfCancellationRequested();
            await sofa.KeySeenByWeb01();
        }
    }

    [Fact]
    public async Task A_pipe_gets_a_line_for_each_request()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        await using var lines = LongRunning.Start(Invocation.Of(stage.Fairlead, "watch").As(stage.Person, "TERM=xterm"));
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!lines.Said.Contains('\n'))
        {
            late.Token.ThrowIfCancellationRequested();
            await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={stage.StableSocket}").Run();
        }

        await sofa.KeySeenByWeb01();

        await lines.Says(new Regex(@"(?m)^\d\d:\d\d:\d\d ssh \(\d+\), pts/\d+: sign for \S+@web01 by 127\.0\.0\.1 \(pts/\d+\) with home-key \(ssh-ed25519 SHA256:\S+\): answered, [\d.]+ m?s$"));
        Assert.DoesNotContain('\e', lines.Said);
    }

    private static async Task Watch(Stage stage, Login login)
    {
        await login.Window.Type($"NO_COLOR=1 {stage.Fairlead} watch");
        await login.Window.Expect(@"fairlead [\d.]+: \d agents?");
    }
}
