using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Logins;

/// <summary>A pin by address is for the laptop: for all its windows, and for those that come later.</summary>
public class PinnedLaptopTests
{
    private const string HomeAddress = "127.0.0.2";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_holds_for_the_address_while_windows_come_and_go(bool isRestarted)
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home", HomeAddress);
        Login sofa = await home.LogIn();
        Login chair = await home.LogIn();
        Login desk = await (await stage.AddLaptop("work", "127.0.0.3")).LogIn();
        Assert.Equal(0, (await desk.Ask($"~/.local/bin/fairlead pin {HomeAddress}")).ExitCode);
        Assert.Equal("home-key", await desk.KeySeenByWeb01());

        await chair.LogOut();
        Assert.Equal("home-key", await desk.KeySeenByWeb01());

        await sofa.LogOut();
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        Assert.Contains($"{HomeAddress} is pinned, and no login from there forwards an agent now", await Status(desk), StringComparison.Ordinal);
        if (isRestarted)
        {
            Assert.Equal(0, (await desk.Ask("~/.local/bin/fairlead restart")).ExitCode);
        }

        await home.LogIn();
        Assert.Equal("home-key", await desk.KeySeenByWeb01());
        Assert.DoesNotContain("is pinned, and", await Status(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_says_that_a_pinned_agent_is_stalled()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home", HomeAddress);
        Login sofa = await home.LogIn();
        Login desk = await (await stage.AddLaptop("work", "127.0.0.3")).LogIn();
        Assert.Equal(0, (await desk.Ask($"~/.local/bin/fairlead pin {HomeAddress}")).ExitCode);
        Assert.Equal("home-key", await desk.KeySeenByWeb01());
        string client = (await sofa.Window.ForegroundProcess()).ToString(CultureInfo.InvariantCulture);

        (await Invocation.Of("kill", "-STOP", client).Run()).Succeeded();
        string key = await desk.KeySeenByWeb01();
        string status = await Status(desk);
        (await Invocation.Of("kill", "-CONT", client).Run()).Succeeded();

        Assert.Equal("work-key", key);
        Assert.Contains($"{HomeAddress} is pinned, and is stalled now", status, StringComparison.Ordinal);
    }

    private static async Task<string> Status(Login login) => (await login.Ask("COLUMNS=200 ~/.local/bin/fairlead status")).Output;
}
