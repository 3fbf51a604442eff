using System.Net;
using System.Net.Sockets;
using CsCheck;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Linux.Sockets;

public sealed class TcpTableTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")] // the kernel maps it into IPv6
    public void A_server_that_is_connected_to_from_this_machine_is_seen(string listensAt, string connectedAt)
    {
        using TcpListener listener = listensAt == "::" ? TcpListener.Create(0) : new TcpListener(IPAddress.Parse(listensAt), 0);
        listener.Start();
        ulong listening = InodeOf(listener.Server);
        Assert.False(TcpTable.Read(CurrentProcess.Pid).ServesFromHere([listening]));

        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Parse(connectedAt), ((IPEndPoint)listener.LocalEndpoint).Port);
        using Socket accepted = listener.AcceptSocket();
        var table = TcpTable.Read(CurrentProcess.Pid);
        Assert.True(table.ServesFromHere([listening, InodeOf(accepted)]));
        Assert.False(table.ServesFromHere([listening, InodeOf(client)]));
        Assert.False(table.ServesFromHere([InodeOf(accepted)]));
        Assert.False(table.ServesFromHere([]));
    }

    [Fact]
    public void Who_comes_from_another_machine_does_not_count()
    {
        var table = new TcpTable();
        table.Add("""
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 0 100 0 0 10 0
               1: 0100000A:1F90 0200000A:C350 01 00000000:00000000 00:00000000 00000000     0        0 12 1 0 20 4 30 10 -1
               2: 0100007F:1F90 0100007F:C351 01 00000000:00000000 00:00000000 00000000     0        0 13 1 0 20 4 30 10 -1
               3: 0100007F:1F90 0100007F:C352 06 00000000:00000000 00:00000000 00000000     0        0 14 1 0 20 4 30 10 -1
            """);
        Assert.Equal([false, true, false], new ulong[] { 12, 13, 14 }.Select(inode => table.ServesFromHere([11, inode])));
    }

    [Fact]
    public void Arbitrary_tables_never_throw() =>
        Gen.Select(Gen.String[Gen.Char["0123456789AF: \n"], 0, 200], Gen.ULong).Sample((text, inode) =>
        {
            var table = new TcpTable();
            table.Add(text);
            _ = table.ServesFromHere([inode]);
        });

    private static ulong InodeOf(Socket socket) =>
        ProcessDescriptors.TryParseSocket(new FileInfo($"/proc/self/fd/{socket.Handle}").LinkTarget!, out ulong inode) ? inode : 0;
}
