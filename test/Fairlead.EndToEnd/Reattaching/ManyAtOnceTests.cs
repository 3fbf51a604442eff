using System.Net.Sockets;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

public class ManyAtOnceTests
{
    [Fact]
    public async Task Fifty_clients_of_one_old_pane_all_get_through()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);

        (_, string counted) = await sofa.Ask(
            "for i in $(seq 50); do ssh web01 many & done >~/many 2>&1; wait; grep -c 'web01 saw home-key in turn many' ~/many");

        Assert.EndsWith("50", counted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_stay_silent_disturb_nobody()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, MultiplexerKind.Tmux, SocketLayout.TemporaryFolder);
        var silent = new List<Socket>();
        try
        {
            for (int client = 0; client < 30; client++)
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                silent.Add(socket);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(stage.StableSocket));
                // Half of them stop in the middle of a message.
                await socket.SendAsync(client % 2 == 0 ? [] : new byte[] { 0, 0, 0, 1 });
            }

            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }
    }
}
