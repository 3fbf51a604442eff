using System.Text.Json;
using Fairlead.EndToEnd.Staging;
using Fairlead.EndToEnd.Watching;

namespace Fairlead.EndToEnd.Policy;

/// <summary>A program can say that it logs in to any server: only what the agent has verified counts.</summary>
public class ProvenServerTests
{
    /// <summary>Sends a session-bind with the host key of its argument and a rubbish signature, and asks for the keys.</summary>
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
        key = base64.b64decode(sys.argv[2])
        rubbish = string(b'ssh-ed25519') + string(bytes(64))
        ask(b'\x1b' + string(b'session-bind@openssh.com') + string(key) + string(bytes(32)) + string(rubbish) + b'\0')
        print(struct.unpack('>I', ask(b'\x0b')[1:5])[0])
        """;

    [Fact]
    public async Task A_forged_bind_is_given_neither_a_name_nor_a_key()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Login sofa = await home.LogIn();
        string web01 = stage.Web01.Endpoint.HostKey.Split(' ')[1];
        string fingerprint = (await Invocation.Of("ssh-keygen", "-lf", home.Key.Path).Run()).Succeeded().Output.Split(' ')[1];
        await stage.Configure(
            $$"""
            [[rule]]
            when = { host = "web01" }
            keys = ["{{fingerprint}}"]
            [[rule]]
            when = { forwarded = false }
            keys = []
            """);
        await using LongRunning events = await EventsTests.Begin(stage);

        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Finished forged = (await stage.AsPerson(PythonScript.Program, "-c", Forge, stage.StableSocket, web01)).Succeeded();

        Assert.Equal("0\n", forged.Output);
        JsonElement proven = await Host(events, "\"request\":\"sign\"");
        Assert.Equal((true, "web01"), (proven.GetProperty("proven").GetBoolean(), proven.GetProperty("name").GetString()));
        JsonElement claimed = await Host(events, "python.*\"request\":\"list\"");
        Assert.False(claimed.GetProperty("proven").GetBoolean());
        Assert.False(claimed.TryGetProperty("name", out _));
        Assert.Equal(proven.GetProperty("fingerprint").GetString(), claimed.GetProperty("fingerprint").GetString());
    }

    private static async Task<JsonElement> Host(LongRunning events, string what) =>
        JsonElement.Parse((await EventsTests.Told(events, what)).Value).GetProperty("host");
}
