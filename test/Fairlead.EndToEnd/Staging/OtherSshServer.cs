namespace Fairlead.EndToEnd.Staging;

/// <summary>An SSH server of the gateway that is not sshd.</summary>
internal sealed class OtherSshServer(LongRunning server, SshEndpoint endpoint) : IAsyncDisposable
{
    public SshEndpoint Endpoint => endpoint;

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
