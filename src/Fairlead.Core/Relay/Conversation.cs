namespace Fairlead.Core.Relay;

/// <summary>One client connection: requests are read one at a time, and each is answered before the next is read.</summary>
internal sealed class Conversation(FrameStream client, Responder responder)
{
    public async Task RunAsync()
    {
        using (client)
        using (responder)
        {
            client.Stream.HungUp = responder.Abandon;
            while ((await client.ReadAsync()).Frame is Frame request)
            {
                using (request)
                {
                    using Frame answer = await responder.AnswerAsync(request);
                    if (await client.SendAsync(answer.Bytes) < 0)
                    {
                        return;
                    }
                }
            }
        }
    }
}
