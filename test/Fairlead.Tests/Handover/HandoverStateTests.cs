using CsCheck;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Handover;

namespace Fairlead.Tests.Handover;

public sealed class HandoverStateTests
{
    [Fact]
    public void What_one_daemon_writes_the_next_reads()
    {
        var passed = new HandoverState
        {
            Lock = 4,
            State = "/home/al/.local/state/fairlead/a host/",
            FurtherAgents = [new HandedOverSocket(5, new FileIdentity(5, 6), "/home/al/.ssh/fairlead/another host.sock")],
            Agent = new HandedOverSocket(7, new FileIdentity(1UL << 40, 2), "/home/al/.ssh/fairlead/a host.sock"),
            Control = new HandedOverSocket(8, null, "/home/al/.local/state/fairlead/a host/ctl"),
            StalePaths = [new HandedOverSocket(9, new FileIdentity(3, 4), "/tmp/ssh-abcdefghij/agent.1")],
            Registered = [new HandedOverRegistration(10, 4711, "/run/agent"), new HandedOverRegistration(11, 0, "/home/al/my agent")],
            Pin = new AgentPin("/tmp/ssh-abcdefghij/agent 2", new FileIdentity(5, 6), new DateTimeOffset(2026, 11, 22, 9, 30, 0, 123, TimeSpan.Zero)),
            KeepsStreams = true,
        };

        Assert.Equivalent(passed, HandoverState.Parse(passed.Format()), strict: true);
    }

    [Fact]
    public void A_path_that_would_be_a_line_of_its_own_is_left_out()
    {
        var socket = new HandedOverSocket(7, null, "/s");
        var passed = new HandoverState { Lock = 4, Agent = socket, Control = socket, Registered = [new HandedOverRegistration(5, 6, "/run/agent\nlock 9")] };

        HandoverState read = HandoverState.Parse(passed.Format());

        Assert.Equal(4, read.Lock);
        Assert.Empty(read.Registered);
    }

    [Fact]
    public void A_pinned_laptop_stays_pinned()
    {
        var socket = new HandedOverSocket(7, null, "/s");
        var passed = new HandoverState { Lock = 4, Agent = socket, Control = socket, Pin = new LaptopPin("fe80::1%eth0") };
        Assert.Equal(passed.Pin, HandoverState.Parse(passed.Format()).Pin);
    }

    [Fact]
    public void A_daemon_from_before_names_what_logins_registered_by_path() =>
        Assert.Equal(["/run/my agent"], HandoverState.Parse("registered /run/my agent").RegisteredPaths);

    [Theory]
    [InlineData("")]
    [InlineData("held 7 /s\nheld x 7 /s")]
    [InlineData("lock\nagent 7\nagent x 1 2 /s\nagent 7 1 2\nhealed -1 1 2 /s\npinned 1 2 9223372036854775807 /s\npinned 1 2 3\nnews 3")]
    public void Lines_that_say_nothing_are_passed_over(string text) =>
        Assert.Equivalent(HandoverState.None, HandoverState.Parse(text), strict: true);

    [Fact]
    public void Sockets_of_systemd_are_told_apart_by_their_names_or_their_paths()
    {
        HandoverState byPath = SystemdSockets.Parse("12", "2", "fairlead.socket:fairlead.socket", 12, number => number == 3 ? "/h.ctl" : "/h.sock");
        HandoverState byName = SystemdSockets.Parse("12", "2", "control:agent", 12, number => number == 3 ? "/one" : "/other");

        Assert.Equal(("/h.sock", "/h.ctl"), (byPath.Agent!.Value.Path, byPath.Control!.Value.Path));
        Assert.Equal(("/other", "/one"), (byName.Agent!.Value.Path, byName.Control!.Value.Path));
        Assert.Equal("/h.sock", byPath.SystemdPath);
        Assert.Null(byPath.Agent.Value.Identity);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("11", "1")]
    [InlineData("12", null)]
    [InlineData("12", "0")]
    public void What_is_meant_for_another_process_is_not_taken(string? pid, string? count)
    {
        HandoverState read = SystemdSockets.Parse(pid, count, null, 12, _ => "/s.sock");
        Assert.Null(read.Agent);
        Assert.Null(read.SystemdPath);
    }

    [Fact]
    public void A_descriptor_that_is_no_listening_socket_is_not_taken()
    {
        using var folder = new TempFolder();
        int file = LibC.Result(LibC.openat(LibC.AT_FDCWD, folder.Path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        int bound = UnixListener.Bind(folder["s.sock"]);

        Assert.Null(UnixListener.PathOf(file));
        Assert.Equal(folder["s.sock"], UnixListener.PathOf(bound));

        _ = LibC.close(file);
        _ = LibC.close(bound);
        Assert.Null(UnixListener.PathOf(bound));
    }

    private static readonly Gen<HandedOverSocket> Socket = Gen.Select(Gen.Int[0, int.MaxValue], Gen.ULong, Gen.ULong[1, ulong.MaxValue], Gen.Bool, AnyPath)
        .Select((number, device, inode, isOurs, path) => new HandedOverSocket(number, isOurs ? new FileIdentity(device, inode) : null, path));

    private static Gen<string> AnyPath => Gen.String[Gen.Char["ab ./\r\t\u00e9"], 0, 12].Select(rest => "/" + rest);

    [Fact]
    public void Whatever_one_daemon_writes_the_next_reads() =>
        Gen.Select(Socket, Socket, Socket.Array[0, 4], Gen.Int[0, 1000], AnyPath.Array[0, 4], Gen.Bool)
            .Sample((agent, control, sockets, held, registered, keeps) =>
            {
                var passed = new HandoverState
                {
                    Lock = held,
                    State = registered.FirstOrDefault(),
                    Agent = agent,
                    Control = control,
                    FurtherAgents = sockets,
                    FurtherControls = sockets,
                    StalePaths = sockets,
                    Registered = [.. registered.Select((path, i) => new HandedOverRegistration(i, i + 1, path))],
                    KeepsStreams = keeps,
                };
                Assert.Equivalent(passed, HandoverState.Parse(passed.Format()), strict: true);
            });

    [Fact]
    public void Any_text_is_survived() => Noise.Around("lock ", "state ", "agent ", "further-agent ", "control ", "healed ", "held ", "registered ", "pinned ", "99999999999999999999 ", "streams kept", "\n", "7 ", "1 ", "/s").Sample(text =>
    {
        var read = HandoverState.Parse(text);
        Assert.True(read.Lock >= -1);
        Assert.All([.. read.StalePaths, .. read.FurtherAgents, read.Agent ?? default, read.Control ?? default], socket => Assert.True(socket.Descriptor >= 0));
    });

    [Fact]
    public void However_many_sockets_systemd_is_said_to_pass_only_some_are_asked_about()
    {
        int asked = 0;
        _ = SystemdSockets.Parse("12", "2147483647", null, 12, _ =>
        {
            Assert.InRange(++asked, 1, 64);
            return null;
        });
        Assert.InRange(asked, 2, 64);
    }

    [Fact]
    public void Any_words_of_systemd_are_survived() =>
        Gen.Select(Noise.Around("12", "-"), Noise.Around("2", "9"), Noise.Around("control", "agent", ":")).Sample((pid, count, names) =>
            _ = SystemdSockets.Parse(pid, count, names, 12, number => number % 2 == 0 ? null : "/s.ctl"));
}
