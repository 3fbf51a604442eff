using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

public class PastFairleadTests
{
    private const string Connect =
        """
        import os, signal, socket, sys
        agent = socket.socket(socket.AF_UNIX)
        agent.connect(sys.argv[1])
        print('connected by', os.getpid(), flush=True)
        signal.pause()
        """;

    /// <summary>The other end is sshd, which belongs to root: only the program's own end can be seen.</summary>
    [Fact]
    public async Task A_program_that_is_connected_to_the_logins_own_socket_is_named()
    {
        await using Stage stage = await Stage.Raise();
        await stage.Configure("[[rule]]\nwhen = { background = true }\nuse = \"none\"\n");
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        (int _, string status) = await sofa.Ask("~/.local/bin/fairlead status");
        Assert.DoesNotContain("past fairlead", status, StringComparison.Ordinal);
        Finished found = await Invocation.Of("find", "/tmp", "-maxdepth", "2", "-path", "/tmp/ssh-*/agent.*", "-user", stage.Person.Name).Run();

        await using var direct = LongRunning.Start(Invocation.Of(PythonScript.Program, "-c", Connect, found.Output.Trim()).As(stage.Person));
        string pid = (await direct.Says(new(@"connected by (\d+)")))!.Groups[1].Value;

        Assert.Contains($"({pid})", (await sofa.Ask("~/.local/bin/fairlead status")).Output, StringComparison.Ordinal);
        Assert.Contains($"(process {pid})", (await sofa.Ask("~/.local/bin/fairlead doctor")).Output, StringComparison.Ordinal);
    }
}
