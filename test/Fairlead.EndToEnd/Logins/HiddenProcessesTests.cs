using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>A server that hides the processes of others (hidepid=2): also the session process of a login, whose title names the terminal.</summary>
public class HiddenProcessesTests
{
    [Fact]
    public async Task Each_shell_is_answered_by_its_own_login_whose_process_it_cannot_see()
    {
        await using Stage stage = await Stage.Raise(surround: HiddenProcesses.Around);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Assert.Equal((1, ""), await sofa.Ask("test -e /proc/$PPID"));

        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
        }

        (_, string why) = await sofa.Ask("fairlead=~/.local/bin/fairlead; $fairlead why");
        Assert.Contains("this shell belongs to its login", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_and_the_address_of_a_hidden_login_come_from_its_shell()
    {
        await using Stage stage = await Stage.Raise(surround: HiddenProcesses.Around);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();

        (_, string terminal) = await sofa.Ask("tty");
        (_, string status) = await sofa.Ask("~/.local/bin/fairlead status");

        Assert.StartsWith($"127.0.0.1 ({terminal["/dev/".Length..]}) answers here", status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task A_pane_is_answered_by_the_login_that_shows_it(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise(surround: HiddenProcesses.Around);
        var multiplexer = Multiplexer.Of(kind);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Start(multiplexer);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await sofa.Detach(multiplexer);

        await desk.Reattach(multiplexer);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }
}
