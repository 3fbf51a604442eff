using Fairlead.Core.Callers;
using Fairlead.Core.Relay;
using Fairlead.Protocol;
using Fairlead.Tests.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>Which server a signature is for, and whether that is proven: with what OpenSSH sent when it logged in.</summary>
public sealed class BindLogTests
{
    private const string Version = "OpenSSH_9.2p1";

    private readonly BindLog binds = new();

    [Theory]
    [InlineData("login")]
    [InlineData("login-certified")]
    [InlineData("login-unbound")]
    public void A_server_is_proven_when_it_has_signed_the_session(string step)
    {
        binds.Add(Corpus.Frame($"{Version}/req-{step}-1"));

        Assert.Equal(HostKey(step), ServerOf(step)?.Key);
        Assert.Equal((true, true), (ServerOf(step)?.IsProven, binds.Server?.IsProven));
    }

    /// <summary>A bind of another login is genuine.</summary>
    [Theory]
    [InlineData("login", true)]
    [InlineData("login-unbound", false)]
    public void A_replayed_bind_proves_nothing(string step, bool isBound)
    {
        binds.Add(Corpus.Frame($"{Version}/req-login-rsa-1"));

        BoundHost? server = ServerOf(step);

        Assert.Equal(isBound ? HostKey(step) : null, server?.Key);
        Assert.NotEqual(true, server?.IsProven);
    }

    /// <summary>The same session, another server's key: a bound signature is good for the server that it names, any other for all.</summary>
    [Theory]
    [InlineData("login", true)]
    [InlineData("login-unbound", false)]
    public void A_bind_with_another_key_than_the_servers_proves_nothing(string step, bool isBound)
    {
        Assert.True(SessionBind.TryRead(Corpus.Message($"{Version}/req-{step}-1"), out SessionBind genuine));
        Assert.True(SessionBind.TryRead(Corpus.Message("OpenSSH_10.3p1/req-login-1"), out SessionBind other));
        binds.Add(Bind(other.HostKey, genuine.SessionId, genuine.Signature, isForwarding: false));

        Assert.Equal(isBound ? HostKey(step) : null, ServerOf(step)?.Key);
        Assert.NotEqual(true, ServerOf(step)?.IsProven);
        Assert.Equal(false, binds.Server?.IsProven);
    }

    [Fact]
    public void A_host_that_asks_is_no_server_that_one_logs_in_to()
    {
        Assert.True(SessionBind.TryRead(Corpus.Message($"{Version}/req-login-unbound-1"), out SessionBind genuine));
        binds.Add(Bind(genuine.HostKey, genuine.SessionId, genuine.Signature, isForwarding: true));

        Assert.Null(ServerOf("login-unbound"));
        Assert.Null(binds.Server);
        Assert.Equal(true, binds.Asking?.IsProven);
    }

    [Theory]
    [InlineData("git-commit")]
    [InlineData("sign-file")]
    public void What_is_no_login_is_for_no_server(string step)
    {
        binds.Add(Corpus.Frame($"{Version}/req-login-1"));

        Assert.True(SignRequest.TryRead(Corpus.Message($"{Version}/req-{step}-2"), out SignRequest sign));
        Assert.Null(binds.ServerOf(sign));
    }

    private BoundHost? ServerOf(string step)
    {
        Assert.True(SignRequest.TryRead(Corpus.Message($"{Version}/req-{step}-3"), out SignRequest sign));
        return binds.ServerOf(sign);
    }

    private static byte[] HostKey(string step)
    {
        Assert.True(SessionBind.TryRead(Corpus.Message($"{Version}/req-{step}-1"), out SessionBind bind));
        return bind.HostKey.ToArray();
    }

    private static byte[] Bind(ReadOnlySpan<byte> hostKey, ReadOnlySpan<byte> session, ReadOnlySpan<byte> signature, bool isForwarding) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION)
        .WriteString(ExtensionNames.SessionBind)
        .WriteString(hostKey)
        .WriteString(session)
        .WriteString(signature)
        .WriteBoolean(isForwarding)
        .ToFrame();
}
