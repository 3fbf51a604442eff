namespace Fairlead.Bench.Clients;

/// <summary>Connections that are made one after another and stay.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly AgentClient[] clients;

    private Crowd(AgentClient[] clients) => this.clients = clients;

    /// <summary>Those that got no answer.</summary>
    public int Failed { get; private init; }

    /// <summary>Clients that say nothing.</summary>
    public static Crowd Silent(string path, int count) => new([.. Enumerable.Range(0, count).Select(_ => AgentClient.Connect(path))]);

    /// <summary>All of them ask, and only then is the first answer read.</summary>
    public static Crowd Asking(string path, int count, Question question)
    {
        AgentClient[] clients = [.. Enumerable.Range(0, count).Select(_ => Ask(path, question))];
        byte[] answer = new byte[1024];
        return new Crowd(clients)
        {
            Failed = clients.Count(client => !client.IsConnected || client.Receive(answer) == 0 || answer[sizeof(int)] != question.Answer),
        };
    }

    public void Dispose() => Array.ForEach(clients, client => client.Dispose());

    private static AgentClient Ask(string path, Question question)
    {
        var client = AgentClient.Connect(path);
        _ = client.IsConnected && client.Send(question.Frame);
        return client;
    }
}
