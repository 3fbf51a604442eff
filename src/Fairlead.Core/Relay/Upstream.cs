using Fairlead.Core.Agents;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>One connection to one agent, for one conversation: never pooled, never shared. Requests go one at a time.</summary>
internal sealed class Upstream(RouteStep step, FrameStream frames, BindLog binds) : IDisposable
{
    private int bindsSent;

    public RouteStep Step => step;

    public Agent Agent => step.Agent;

    /// <summary>
    /// It can take another request: the agent is there, and has said nothing unasked. (ssh-agent 10.3 answers a query twice; what
    /// is left over would be taken for the next answer.)
    /// </summary>
    public bool IsReusable => frames.Stream.IsQuiet;

    /// <summary>Sends the binds that this connection has not seen, then the request.</summary>
    /// <returns>The agent's answer, or null when the connection ended first.</returns>
    public async ValueTask<Frame?> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        (bool lives, Frame? lastAnswer) = await SendBindsAsync();
        lastAnswer?.Dispose();
        return lives ? await SendAndReceiveAsync(request) : null;
    }

    /// <summary>Sends the binds that this connection has not seen. An agent that refuses one is still used, as by OpenSSH's own client.</summary>
    /// <returns>Whether the connection lives, and the answer to the last of them.</returns>
    public async ValueTask<(bool Lives, Frame? LastAnswer)> SendBindsAsync()
    {
        Frame? answer = null;
        while (bindsSent < binds.Count)
        {
            answer?.Dispose();
            answer = await SendAndReceiveAsync(binds[bindsSent++]);
            if (answer is null)
            {
                return (false, null);
            }
        }

        return (true, answer);
    }

    /// <summary>Gives up the answer that is waited for.</summary>
    public void Cancel() => frames.Stream.Cancel();

    public void Dispose() => frames.Dispose();

    private async ValueTask<Frame?> SendAndReceiveAsync(ReadOnlyMemory<byte> request)
    {
        if (await frames.SendAsync(request) < 0)
        {
            return null;
        }

        FrameRead read = await frames.ReadAsync();
        return read.Frame;
    }
}
