using Fairlead.Core.Linux;

namespace Fairlead.Core.Relay;

/// <summary>One client connection: requests are read one at a time, and each is answered before the next is read.</summary>
internal sealed class Conversation(EventLoop loop, FrameStream client, Responder responder)
{
    /// <summary>
    /// Requests of a client that sends them without waiting, before everybody else has a turn: what is answered without an agent
    /// would otherwise go on for as long as the client does.
    /// </summary>
    private const int RequestsInTurn = 32;

    public async Task RunAsync()
    {
        using (client)
        using (responder)
        {
            client.Stream.HungUp = responder.Abandon;
            for (int answered = 1; (await client.ReadAsync()).Frame is Frame request; answered++)
            {
                using (request)
                {
                    using Frame answer = await responder.AnswerAsync(request);
                    if (await client.SendAsync(answer.Bytes) < 0)
                    {
                        return;
                    }
                }

                if (answered % RequestsInTurn == 0)
                {
                    await loop.YieldAsync();
                }
            }
        }
    }
}
