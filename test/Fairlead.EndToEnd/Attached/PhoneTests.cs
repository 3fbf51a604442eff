using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>A session that was started at home is attached from a phone that forwards no agent, while the laptop at home is still logged in.</summary>
public class PhoneTests
{
    private const string HomeAddress = "127.0.0.2";
    private const string PhoneAddress = "127.0.0.3";

    [Theory]
    [InlineData(MultiplexerKind.Tmux, "any", "home-key")]
    [InlineData(MultiplexerKind.Tmux, "same-origin", null)]
    [InlineData(MultiplexerKind.Tmux, "none", null)]
    [InlineData(MultiplexerKind.Screen, "same-origin", null)]
    [InlineData(MultiplexerKind.Screen, "none", null)]
    public async Task The_fallback_says_whether_the_laptop_at_home_signs_for_it(MultiplexerKind kind, string fallback, string? expected)
    {
        await using Stage stage = await Stage.Raise();
        Login phone = await Attach(stage, kind, fallback);

        Assert.Equal(expected, (await phone.TryWeb01()).Key);

        (int exitCode, string why) = await phone.Ask("~/.local/bin/fairlead why");
        Assert.Equal(expected is null ? 1 : 0, exitCode);
        Assert.Matches(@"shown on pts/\d+\s+from\s+127\.0\.0\.3", why);
    }

    [Fact]
    public async Task Another_login_from_the_phone_s_own_address_may()
    {
        await using Stage stage = await Stage.Raise();
        Login phone = await Attach(stage, MultiplexerKind.Tmux, "same-origin");
        await (await stage.AddLaptop("tablet", PhoneAddress)).LogIn();

        Assert.Equal("tablet-key", await phone.KeySeenByWeb01());
    }

    private static async Task<Login> Attach(Stage stage, MultiplexerKind kind, string fallback)
    {
        await stage.Person.Write(".config/fairlead/config.toml", $"[routing]\nfallback = \"{fallback}\"\n", "600");
        var multiplexer = Multiplexer.Of(kind);
        Login sofa = await (await stage.AddLaptop("home", HomeAddress)).LogIn();
        await sofa.Start(multiplexer);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await sofa.Detach(multiplexer);
        Login phone = await (await stage.AddLaptop("phone", PhoneAddress)).LogInWithoutForwarding();
        await phone.Reattach(multiplexer);
        return phone;
    }
}
