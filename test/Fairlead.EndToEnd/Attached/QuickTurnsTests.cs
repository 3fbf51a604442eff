using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>
/// Two people take turns, each turn one command, with no pause between them: whoever typed last is answered by their own laptop. A terminal's access
/// time could not tell, it moves in steps of 8 s.
/// </summary>
public class QuickTurnsTests
{
    private const int Turns = 15;

    [Theory]
    [InlineData("screen -S main", "screen -x main")]
    [InlineData("dtach -A /tmp/$USER.dtach -r none bash -l", "dtach -a /tmp/$USER.dtach -r none")]
    public async Task Who_types_in_a_shared_session_signs(string start, string join)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Window.Type(start);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await desk.Window.Type(join);
        for (int turn = 0; turn < Turns; turn++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }

    /// <summary>Cron, a build server's job: it belongs to no login, and the person is where they typed last.</summary>
    [Fact]
    public async Task What_belongs_to_no_login_is_answered_where_somebody_typed_last()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        for (int turn = 0; turn < Turns; turn++)
        {
            await desk.Ask("true");
            Assert.Equal("work-key", await KeyOutsideLogins(stage));
            await sofa.Ask("true");
            Assert.Equal("home-key", await KeyOutsideLogins(stage));
        }
    }

    private static async Task<string> KeyOutsideLogins(Stage stage)
    {
        Finished listed = (await stage.AsPerson("env", $"SSH_AUTH_SOCK={stage.StableSocket}", "ssh-add", "-l")).Succeeded();
        return listed.Output.Contains("home-key", StringComparison.Ordinal) ? "home-key" : listed.Output.Contains("work-key", StringComparison.Ordinal) ? "work-key" : listed.Output;
    }
}
