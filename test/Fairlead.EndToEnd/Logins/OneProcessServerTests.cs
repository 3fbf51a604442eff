using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>SSH servers that are one process for all logins: a login is a session, not a pid.</summary>
public class OneProcessServerTests
{
    [Theory]
    [InlineData("any")]
    [InlineData("none")]
    public async Task Each_laptop_signs_in_its_own_shell(string fallback)
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", $"[routing]\nfallback = \"{fallback}\"\n");
        (Login sofa, Login desk, _) = await LogIn(stage);

        for (int round = 0; round < 2; round++)
        {
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
        }

        await desk.LogOut();
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_login_without_an_agent_gets_no_other_laptops_key_as_its_own()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Person.Write(".config/fairlead/config.toml", "[routing]\nfallback = \"none\"\n");
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        OtherSshServer server = stage.Keep(await OneProcessServer.Start(stage));
        Login sofa = await home.LogInAt(server.Endpoint);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        Login desk = await work.LogInAt(server.Endpoint, "-a");

        Assert.Null((await desk.TryWeb01()).Key);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
    }

    [Fact]
    public async Task A_pane_follows_the_laptop_that_shows_it()
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, Login desk, _) = await LogIn(stage);
        Multiplexer tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        await sofa.Start(tmux);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await sofa.Detach(tmux);

        await desk.Reattach(tmux);

        Assert.Equal("work-key", await desk.KeySeenByWeb01());
    }

    [Fact]
    public async Task Status_shows_each_login_with_its_own_address_and_terminal()
    {
        await using Stage stage = await Stage.Raise();
        (Login sofa, Login desk, _) = await LogIn(stage);
        string homeTerminal = await Terminal(sofa);
        string workTerminal = await Terminal(desk);

        (_, string status) = await sofa.Ask("~/.local/bin/fairlead status --all");

        Assert.Contains($"127.0.0.2 ({homeTerminal})", status, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.3 ({workTerminal})", status, StringComparison.Ordinal);
    }

    private static async Task<(Login Sofa, Login Desk, OtherSshServer Server)> LogIn(Stage stage)
    {
        Laptop home = await stage.AddLaptop("home", "127.0.0.2");
        Laptop work = await stage.AddLaptop("work", "127.0.0.3");
        OtherSshServer server = stage.Keep(await OneProcessServer.Start(stage));
        Login sofa = await home.LogInAt(server.Endpoint);
        return (sofa, await work.LogInAt(server.Endpoint), server);
    }

    private static async Task<string> Terminal(Login login) => (await login.Ask("tty")).Output["/dev/".Length..];
}
