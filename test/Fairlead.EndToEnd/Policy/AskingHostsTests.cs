using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Policy;

/// <summary>Whom a signature is for: another host asks each time, and a name that is only claimed is told as such.</summary>
public class AskingHostsTests
{
    /// <summary>Says with a rubbish signature that it logs in to the server with the key of its argument, and wants to be logged in there.</summary>
    private const string Forge =
        """
        import base64, socket, struct, sys
        def string(data): return struct.pack('>I', len(data)) + data
        def ask(message):
            agent.sendall(string(message))
            length = struct.unpack('>I', agent.recv(4, socket.MSG_WAITALL))[0]
            return agent.recv(length, socket.MSG_WAITALL)
        agent = socket.socket(socket.AF_UNIX)
        agent.connect(sys.argv[1])
        server, key = base64.b64decode(sys.argv[2]), base64.b64decode(sys.argv[3])
        session = bytes(32)
        rubbish = string(b'ssh-ed25519') + string(bytes(64))
        ask(b'\x1b' + string(b'session-bind@openssh.com') + string(server) + string(session) + string(rubbish) + b'\0')
        ask(b'\x0b')
        wanted = (string(session) + b'\x32' + string(b'git') + string(b'ssh-connection') + string(b'publickey-hostbound-v00@openssh.com')
            + b'\1' + string(b'ssh-ed25519') + string(key) + string(server))
        print('answer:%d' % ask(b'\x0d' + string(key) + string(wanted) + bytes(4))[0])
        """;

    [Fact]
    public async Task A_host_that_the_agent_is_forwarded_to_asks_each_time()
    {
        await using AskingStage stage = await AskingStage.Raise("[[rule]]\nwhen = { forwarded = true }\nask = \"30m\"\n");
        SshServer inner = await stage.Stage.AddHost("inner");
        await inner.Allow(stage.Home.Key.Public);
        Login sofa = await stage.LogInToTmux();
        await sofa.Window.Type("clear; ssh -A -t inner");
        await sofa.Window.Expect(@"\$ ");
        SshEndpoint web01 = stage.Stage.Web01.Endpoint;

        for (int turn = 1; turn <= 2; turn++)
        {
            await sofa.Window.Type($"clear; ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p {web01.Port} 127.0.0.1 {turn}; echo ended-{turn}:$?");
            SeenQuestion question = await AskingStage.Sees(sofa);
            Assert.True(question.IsInPopup);
            Assert.Matches(@"^inner, through ssh \(\d+\), tmux %0, wants key home-key for \w+@web01\. Type \d\d to allow it once, Esc to refuse$", question.Text);
            await AskingStage.Allow(sofa, question);
            await sofa.Window.Expect($"ended-{turn}:0");
        }

        Assert.Equal(["answered yes", "answered yes"], (await stage.Signatures(3)).Select(AskingStage.Outcome).Where(outcome => outcome != "answered -"));
    }

    [Fact]
    public async Task A_forged_bind_gets_no_name_in_the_question_and_is_not_remembered()
    {
        await using AskingStage stage = await AskingStage.Raise(AskingStage.UnderClaude);
        await stage.Stage.Person.Write("forge", Forge);
        string web01 = stage.Stage.Web01.Endpoint.HostKey.Split(' ')[1];
        string key = stage.Home.Key.Public.Split(' ')[1];
        Login sofa = await stage.LogInToTmux();
        await sofa.Ask("clear");
        await stage.Stage.Person.Write("twice", $"{PythonScript.Program} forge {stage.Stage.StableSocket} {web01} {key}\n{PythonScript.Program} forge {stage.Stage.StableSocket} {web01} {key}\n");

        await sofa.Window.Type("./claude sh twice; echo ended:$?");
        for (int turn = 0; turn < 2; turn++)
        {
            SeenQuestion question = await AskingStage.Sees(sofa);
            Assert.Matches(@"^python\S* \(\d+\) below claude, tmux %0, wants key home-key for git@SHA256:\S+ \(not proven\)\. Type \d\d to allow it once, Esc to refuse$", question.Text);
            await AskingStage.Allow(sofa, question);
            await sofa.Window.Expect(@"answer:\d");
        }

        await sofa.Window.Expect("ended:0");
        Assert.All(await stage.Signatures(2), record =>
        {
            Assert.False(record.GetProperty("host").GetProperty("proven").GetBoolean());
            Assert.False(record.GetProperty("verdict").TryGetProperty("earlier", out _));
        });
    }
}
