using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Handlers;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Handlers;

/// <summary>By which words a person can name an agent.</summary>
public sealed class PinHandlerTests
{
    private static readonly AgentFacts[] Known =
    [
        Forwarded("/tmp/ssh-XXXXhome01/agent.100", 100, Noon, $"{HomeAddress} 1 x 22"),
        Forwarded("/tmp/ssh-XXXXhome02/agent.200", 200, Noon.AddHours(1), $"{HomeAddress} 2 x 22"),
        Forwarded("/tmp/ssh-XXXXwork01/agent.300", 300, null, $"{WorkAddress} 3 x 22"),
        Local("keychain"),
    ];

    [Theory]
    [InlineData("203.0.113.7 (pts/1)", "/tmp/ssh-XXXXhome01/agent.100")]
    [InlineData("/tmp/ssh-XXXXhome01/agent.100", "/tmp/ssh-XXXXhome01/agent.100")]
    [InlineData("pts/1", "/tmp/ssh-XXXXhome01/agent.100")]
    [InlineData("/dev/pts/2", "/tmp/ssh-XXXXhome02/agent.200")]
    [InlineData("keychain", "keychain")]
    [InlineData("pts/3", null)]
    [InlineData("", null)]
    public void An_agent_is_known_by_its_name_socket_or_terminal(string wanted, string? path) =>
        Assert.Equal(path, (PinHandler.Find(Known, wanted) as AgentPin)?.Path);

    [Fact]
    public void A_laptop_is_known_by_its_address()
    {
        Pin pin = PinHandler.Find(Known, HomeAddress)!;
        Assert.Equal(new LaptopPin(HomeAddress), pin);
        Assert.Equal((HomeAddress, "/tmp/ssh-XXXXhome02/agent.200"), (PinReports.Of(pin, Known).Agent, PinReports.Of(pin, Known).Socket));
        Assert.Equal((HomeAddress, null), (PinReports.Of(pin, []).Agent, PinReports.Of(pin, []).State));
    }
}
