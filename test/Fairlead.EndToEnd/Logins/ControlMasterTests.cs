using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>One connection of the laptop with several terminals, or with none any more: one login, one agent.</summary>
public class ControlMasterTests
{
    [Fact]
    public async Task Every_terminal_of_one_connection_has_its_agent()
    {
        await using Stage stage = await Stage.Raise();
        (Laptop home, string master) = await Master(stage);
        Login sofa = await home.LogInThrough(master);
        Login chair = await home.LogInThrough(master);
        Login desk = await (await stage.AddLaptop("work")).LogIn();

        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await chair.KeySeenByWeb01());
        }

        (_, string status) = await sofa.Ask("~/.local/bin/fairlead status --all");
        Assert.Matches(@"on pts/\d+, pts/\d+", status);
    }

    [Fact]
    public async Task A_connection_whose_terminals_are_closed_still_answers_what_they_left_behind()
    {
        await using Stage stage = await Stage.Raise();
        (Laptop home, string master) = await Master(stage);
        var tmux = Multiplexer.Of(MultiplexerKind.Tmux);
        Login sofa = await home.LogInThrough(master);
        await sofa.Start(tmux);
        await sofa.Detach(tmux);
        await sofa.LogOut();

        Finished keys = await stage.AsPerson("sh", "-c", $"SSH_AUTH_SOCK={stage.StableSocket} ssh-add -L");
        Finished status = await stage.AsPerson(stage.Fairlead, "status");

        Assert.EndsWith("home-key\n", keys.Output, StringComparison.Ordinal);
        Assert.Contains("without a terminal", status.Output, StringComparison.Ordinal);
    }

    /// <summary>As ControlPersist leaves it: in the background, until it is told to end.</summary>
    private static async Task<(Laptop Laptop, string Socket)> Master(Stage stage)
    {
        Laptop home = await stage.AddLaptop("home");
        string socket = Path.Combine(stage.Folder, "master");
        (await home.Ssh("-A", "-f", "-N", "-M", "-S", socket, "gateway").Run()).Succeeded();
        stage.Keep(new Connection(home, socket));
        return (home, socket);
    }

    private sealed class Connection(Laptop laptop, string socket) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await laptop.Ssh("-S", socket, "-O", "exit", "gateway").Run();
    }
}
