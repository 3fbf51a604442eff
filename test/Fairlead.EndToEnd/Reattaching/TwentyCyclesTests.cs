using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

public class TwentyCyclesTests
{
    private const int Cycles = 20;

    [Theory]
    [InlineData(MultiplexerKind.Tmux)]
    [InlineData(MultiplexerKind.Screen)]
    public async Task One_pane_lives_through_twenty_logins_from_two_laptops(MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise();
        Laptop[] laptops = [await stage.AddLaptop("home"), await stage.AddLaptop("work")];
        var multiplexer = Multiplexer.Of(kind);

        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            Laptop laptop = laptops[cycle % 2];
            Login login = await laptop.LogIn();
            await (cycle == 0 ? login.Start(multiplexer) : login.Reattach(multiplexer));
            Assert.Equal(laptop.Key.Name, await login.KeySeenByWeb01());
            await login.Detach(multiplexer);
            await login.LogOut();
        }
    }
}
