using CsCheck;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Tests.Multiplexers;

/// <summary>MultiplexerReader on a server that only its sockets tell of: dtach.</summary>
public sealed class OtherMultiplexerTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly RealTmux laptops;
    private readonly MultiplexerReader reader = new(TimeProvider.System);
    private int pane;

    public OtherMultiplexerTests() => laptops = new RealTmux(folder["laptops"], "cat");

    [Fact]
    public void The_clients_at_the_other_end_of_its_sockets_lead_to_their_logins()
    {
        string tell = $"/usr/bin/tmux -S {folder["laptops"]} wait-for -S";
        string program = $"sh -c 'echo $$ >{folder["pane"]}; {tell} up; while read -r line; do {tell} $line; done'";
        RealTmux.Window home = laptops.Open($"exec dtach -A {folder["dtach"]} -r none {program}");
        laptops.Run("wait-for", "up");
        pane = int.Parse(File.ReadAllText(folder["pane"]));
        RealTmux.Window work = laptops.Open($"exec dtach -a {folder["dtach"]} -r none");
        laptops.Run("send-keys", "-t", work.Pane, "typed", "Enter");
        laptops.Run("wait-for", "typed");

        LoginPids loginPids = new([home.Pid, work.Pid]);
        Caller caller = CallerReader.Read(pane, BootClock.Ticks, loginPids);
        Assert.Equal((OtherServer.Instance, pane), (caller.Multiplexer?.Kind, caller.Multiplexer?.PanePid));
        IReadOnlyList<Attachment> shown = reader.Read(caller.Multiplexer!, loginPids).Attachments;
        Assert.Equal(
            new[] { home, work }.Select(window => (window.Pid, window.Terminal)).Order(),
            shown.Select(attachment => (attachment.LoginPid, attachment.Terminal)).Order());

        // Its parent is the first client: what is above it is no proof of where the person sits.
        Assert.Contains(home.Pid, caller.Ancestors);
        Assert.Equal([pane], caller.SeenIn(new MultiplexerObservation(caller.Multiplexer!, new MultiplexerView([""], shown))).Ancestors);
    }

    [Fact]
    public void A_login_is_no_multiplexer_and_a_job_of_setsid_keeps_its_ancestors()
    {
        var session = new ProcessStat(7, "perl", 1, 7, 0, 1);
        var shell = new ProcessStat(8, "bash", 7, 8, 34817, 1);
        Assert.Equal(OtherServer.Instance, MultiplexerSearch.KindOf(session, shell, LoginPids.None));
        Assert.Null(MultiplexerSearch.KindOf(session, shell, new LoginPids([7])));
        Assert.Null(MultiplexerSearch.KindOf(session, shell, null));
        Assert.Null(MultiplexerSearch.KindOf(session with { Command = "sshd-session" }, shell, LoginPids.None));
        Assert.Null(MultiplexerSearch.KindOf(session, shell with { Session = 7, Terminal = 0 }, LoginPids.None));
    }

    [Fact]
    public void A_socket_that_is_not_there_has_no_peer()
    {
        using var diagnosis = new SocketDiagnosis();
        Assert.Equal(0u, diagnosis.AcceptedPeerOf(uint.MaxValue));
    }

    [Fact]
    public void Arbitrary_answers_of_the_kernel_never_throw()
        => Gen.Byte.Array[0, 80].Sample(bytes =>
        {
            if (bytes.Length > 5)
            {
                bytes[4] = 20;
                bytes[5] = 0;
            }

            _ = SocketDiagnosis.AcceptedPeerIn(bytes);
        });

    public void Dispose()
    {
        if (pane > 0)
        {
            _ = LibC.kill(pane, LibC.SIGKILL);
        }

        laptops.Dispose();
        folder.Dispose();
    }
}
