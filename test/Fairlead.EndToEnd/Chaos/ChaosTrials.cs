using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>What is tried while no other client is there.</summary>
/// <param name="list">Has the law judge a list that a client in this login, or outside, asks for.</param>
internal sealed class ChaosTrials(ChaosWorld world, Func<Presence?, Task> list)
{
    /// <summary>Less than fairlead waits for any agent: who has to wait for nobody has its answer by then, on a loaded machine, too.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Prints the answer to a list, in hexadecimal digits, and then what is said to each verb that changes something.</summary>
    private const string SandboxScript = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.connect(sys.argv[1])
        s.sendall(bytes([0, 0, 0, 1, 11]))
        f = s.makefile("rb")
        print(f.read(int.from_bytes(f.read(4), "big")).hex())
        for verb in ["pin", "unpin", "register", "restart", "stop", "events"]:
            c = socket.socket(socket.AF_UNIX)
            c.connect(sys.argv[2])
            c.sendall(('{"verb":"%s","agent":"/tmp","socket":"/tmp/none"}\n' % verb).encode())
            print(c.makefile().readline(), end="")
        """;

    private Model Model => world.Model;

    private string Socket => world.Daemon.Socket;

    private string Folder => Path.GetDirectoryName(Socket)!;

    public async Task Play(ChaosStep step)
    {
        try
        {
            await Try(step);
        }
        catch (Exception failure)
        {
            Model.Faults.Enqueue($"{step}: {failure}");
        }
    }

    private async Task Try(ChaosStep step)
    {
        Presence? able = world.At(step.Slot) is { Agent: { IsDoubted: false, Temper.Standing: Standing.Able } } present ? present : null;
        switch (step.Kind)
        {
            case StepKind.HangUp when able is not null:
                await HangUp(able);
                break;
            case StepKind.MarkGoes:
                await RemoveMark();
                break;
            case StepKind.PlaceFails:
                await FailPlace(step.Fault);
                break;
            case StepKind.Sandbox:
                await AskInSandbox();
                break;
        }
    }

    private async Task HangUp(Presence present)
    {
        ChaosAgent agent = present.Agent;
        Temper before = agent.Temper;
        Model.Turn(agent, Temper.Touch);
        using (RawClient asking = (await present.Login.Connect())!)
        {
            _ = await Ask(asking, Message.List);
            Task asked = agent.Asked;
            await asking.Send(ChaosMessage.Sign(agent.Keys[0], "of one who hangs up"));
            await asked.InTime();
        }

        long began = Stopwatch.GetTimestamp();
        using RawClient next = (await present.Login.Connect())!;
        byte[]? answer = await Ask(next, Message.List);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        Model.Judge(() => Law.OfListAfterHangUp(agent, answer, elapsed, Soon), fault => fault);
        Model.Turn(agent, before);
        await list(present); // whoever has been silent is known to be back
    }

    private async Task RemoveMark()
    {
        string folder = $"/tmp/ssh-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 10)}";
        int number = world.NextNumber();
        string path = Path.Combine(folder, $"agent.{number}");
        string mark = Path.Combine(folder, ".fairlead");
        using (var agent = new ChaosAgent(Model, slot: 0, number, Temper.Good))
        await using (ChaosLogin login = await ChaosLogin.Start(world.Person, path, backlog: 128, Socket))
        {
            agent.Serve(login.Listener);
            using (RawClient client = (await login.Connect())!)
            {
                _ = await Ask(client, Message.List); // now fairlead knows the agent
            }

            await FileEvent.Appears(mark);
            File.Delete(mark);
            await FileEvent.Appears(mark, () => Task.FromResult("the mark was not put back"));
            File.Delete(path); // as sshd does at the end; its rmdir(2) fails
        }

        await FileEvent.Disappears(folder);
    }

    private async Task FailPlace(PlaceFault fault)
    {
        using RawClient underWay = await RawClient.Connect(Socket);
        await AskUnderWay(underWay, fault);
        switch (fault)
        {
            case PlaceFault.FileRemoved:
                File.Delete(Socket);
                break;
            case PlaceFault.FolderRemoved:
                Directory.Delete(Folder, recursive: true);
                break;
            case PlaceFault.FolderMoved:
                await MoveAwayAndBack();
                break;
            case PlaceFault.FolderClosed:
                UnixFileMode mode = File.GetUnixFileMode(Folder);
                File.SetUnixFileMode(Folder, UnixFileMode.None);
                await AskUnderWay(underWay, fault);
                File.SetUnixFileMode(Folder, mode);
                break;
        }

        await AskUnderWay(underWay, fault);
        long began = Stopwatch.GetTimestamp();
        while (!await Answers())
        {
            await AskUnderWay(underWay, fault); // each answer is proof that the daemon had some time
            if (Stopwatch.GetElapsedTime(began) > Deadline.Length)
            {
                throw new TimeoutException($"{Socket} does not answer again: {fault}");
            }
        }

        await list(null);
    }

    /// <summary>Where the daemon was faster, its new folder stays and the old one goes.</summary>
    private async Task MoveAwayAndBack()
    {
        string away = $"{Folder}.away";
        Directory.Move(Folder, away);
        Finished back = await Invocation.Of("mv", "--no-target-directory", "--no-clobber", away, Folder).Run();
        if (back.ExitCode != 0 || Directory.Exists(away))
        {
            Directory.Delete(away, recursive: true);
        }
    }

    private async Task AskInSandbox()
    {
        using Witness witness = Model.Watch(own: null);
        Invocation client = Invocation.Of(PythonScript.Program, "-c", SandboxScript, Socket, world.Daemon.Control).As(world.Person);
        Finished ran = await new Invocation(
            ["unshare", "--mount", "--pid", "--fork", "--propagation", "private", "sh", "-c", "mount -t tmpfs none /mnt && exec \"$@\"", "sh", .. client.Words]).Run();
        string[] lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        byte[]? answer = ran.ExitCode == 0 ? Convert.FromHexString(lines[0]) : null;
        Model.Judge(
            () => Law.OfList(witness, isForwarded: false, answer, out _) ?? Law.OfSandbox(lines[1..]),
            fault => $"in namespaces of its own: {fault}\n  {ran}\n  while {witness}");
    }

    /// <summary>Somebody listens at the path, and it is the daemon: the socket that is gone answers nobody.</summary>
    private async Task<bool> Answers()
    {
        try
        {
            using RawClient client = await RawClient.Connect(Socket);
            return await Ask(client, Message.List) is not null;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task AskUnderWay(RawClient client, PlaceFault fault)
    {
        byte[]? answer = await Ask(client, Message.List);
        Model.Judge(() => Law.OfConversationUnderWay(fault, answer), text => text);
    }

    private static async Task<byte[]?> Ask(RawClient client, byte[] request)
    {
        await client.Send(request);
        return await client.ReadFrame() is string answer ? Convert.FromHexString(answer) : null;
    }
}
