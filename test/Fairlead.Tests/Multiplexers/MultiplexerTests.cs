using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

public sealed class MultiplexerTests
{
    [Theory]
    [InlineData("tmux: server", 0, MultiplexerKind.Tmux)]
    [InlineData("tmux: server", 34816, MultiplexerKind.Tmux)]
    [InlineData("tmux: client", 34816, null)]
    [InlineData("tmux", 34816, null)]
    [InlineData("screen", 0, MultiplexerKind.Screen)]
    [InlineData("screen", 34816, null)] // the client in a login
    [InlineData("bash", 0, null)]
    [InlineData("", 0, null)]
    public void Servers_are_told_from_clients(string command, int terminal, object? kind)
        => Assert.Equal((MultiplexerKind?)kind, Multiplexer.KindOf(new ProcessStat(7, command, 1, 7, terminal, 1)));
}
