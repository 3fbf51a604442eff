using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

public class OverlappingLoginsTests
{
    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task The_pane_of_the_one_who_stays_works_at_once_when_another_login_ends(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();
        await sofa.Start(Multiplexer.Of(kind));
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        Login desk = await work.LogIn();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await desk.LogOut();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Theory]
    [InlineData(ShellKind.Bash, SocketLayout.TemporaryFolder)]
    [InlineData(ShellKind.Bash, SocketLayout.HomeFolder)]
    [InlineData(ShellKind.Zsh, SocketLayout.TemporaryFolder)]
    [InlineData(ShellKind.Fish, SocketLayout.TemporaryFolder)]
    public async Task Each_plain_shell_signs_with_its_own_key_whoever_typed_last(ShellKind shell, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise(shell);
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn(layout);
        Login desk = await work.LogIn(layout);

        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
        }

        await desk.LogOut();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task Both_shells_sign_with_their_own_keys_in_the_same_moment()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();
        Login desk = await work.LogIn();

        for (int round = 0; round < 5; round++)
        {
            string[] keys = await Task.WhenAll(sofa.KeySeenByWeb01(), desk.KeySeenByWeb01());
            Assert.Equal(["home-key", "work-key"], keys);
        }
    }

    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task A_login_without_forwarding_takes_nothing_away(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();
        await sofa.Start(Multiplexer.Of(kind));
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        Login visit = await work.LogInWithoutForwarding();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal(stage.StableSocket, await visit.AuthSock());
        await visit.LogOut();

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }
}
