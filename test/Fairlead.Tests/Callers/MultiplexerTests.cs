using Fairlead.Core.Callers;
using Fairlead.Core.Linux;

namespace Fairlead.Tests.Callers;

public sealed class MultiplexerTests
{
    [Theory]
    [InlineData("tmux: server", 0, true)]
    [InlineData("tmux: server", 34816, true)]
    [InlineData("tmux: client", 34816, false)]
    [InlineData("tmux", 34816, false)]
    [InlineData("screen", 0, true)]
    [InlineData("screen", 34816, false)] // the client in a login
    [InlineData("bash", 0, false)]
    [InlineData("", 0, false)]
    public void Servers_are_told_from_clients(string command, int terminal, bool isServer)
        => Assert.Equal(isServer, Multiplexer.IsServer(new ProcessStat(7, command, 1, 7, terminal, 1)));
}
