using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

public sealed class MultiplexerTests
{
    [Theory]
    [InlineData("tmux: server", 0, "tmux")]
    [InlineData("tmux: server", 34816, "tmux")]
    [InlineData("tmux: client", 34816, null)]
    [InlineData("tmux", 34816, null)]
    [InlineData("screen", 0, "screen")]
    [InlineData("screen", 34816, null)] // the client in a login
    [InlineData("bash", 0, null)]
    [InlineData("", 0, null)]
    public void Servers_are_told_from_clients(string command, int terminal, string? name)
        => Assert.Equal(name, MultiplexerSearch.KindOf(new ProcessStat(7, command, 1, 7, terminal, 1))?.Name);

    [Fact]
    public void Each_is_listed_once_and_the_one_that_no_other_is_last()
    {
        Assert.Equal(
            typeof(Multiplexer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Multiplexer))).Select(type => type.Name).Order(),
            MultiplexerSearch.All.Select(multiplexer => multiplexer.GetType().Name).Order());
        Assert.Same(OtherServer.Instance, MultiplexerSearch.All[^1]);
    }

    /// <summary>What a person, a variable or a folder names is one of them.</summary>
    [Fact]
    public void No_two_share_what_they_are_told_by()
    {
        AssertDistinct(multiplexer => [multiplexer.Name]);
        AssertDistinct(multiplexer => multiplexer.Variable is { } variable ? [variable] : []);
        AssertDistinct(multiplexer => multiplexer.SocketFolders("/home/al"));
    }

    [Fact]
    public void A_server_is_equal_to_another_of_the_same_multiplexer_only()
    {
        var server = new MultiplexerServer(new ProcessIdentity(7, 1), Tmux.Instance, 8);
        Assert.Equal(new MultiplexerServer(new ProcessIdentity(7, 1), Tmux.Instance, 8), server);
        Assert.NotEqual(server with { Kind = Screen.Instance }, server);
    }

    private static void AssertDistinct(Func<Multiplexer, IEnumerable<string>> told)
    {
        string[] all = [.. MultiplexerSearch.All.SelectMany(told)];
        Assert.NotEmpty(all);
        Assert.Equal(all.Distinct(), all);
    }
}
