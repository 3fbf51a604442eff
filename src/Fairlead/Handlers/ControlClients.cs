using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>
/// Keeps the control socket's clients within bounds: it hangs up on a client that says nothing for a while. If there are too many such clients, those that
/// have never asked anything go first, the oldest before the others. Clients that wait for an answer, such as <c>fairlead wait</c> and <c>events</c>, have a
/// limit of their own. Belongs to the loop.
/// </summary>
internal sealed class ControlClients(EventLoop loop)
{
    /// <summary>Clients that say nothing: a command asks as soon as it is connected.</summary>
    public const int MostIdle = 256;

    /// <summary>Clients that wait for an answer; one more is told that there are too many.</summary>
    public const int MostAnswered = 1024;

    /// <summary>The share of those that sit in containers or sandboxes: they are not to keep anybody else from being answered.</summary>
    public const int MostAnsweredInside = 64;

    /// <summary>For a whole line, from the connection or the answer before on. <c>fairlead watch</c> asks every two seconds, and connects again when it was stopped meanwhile.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    private readonly LinkedList<UnixStream> newcomers = new();
    private readonly LinkedList<UnixStream> others = new();
    private int answered;
    private int answeredInside;

    /// <summary>The client's next line; null when it has ended, or has to.</summary>
    /// <param name="isNew">It has not asked anything yet.</param>
    public async ValueTask<byte[]?> ReadAsync(UnixStream client, ControlReader reader, bool isNew)
    {
        if (newcomers.Count + others.Count >= MostIdle)
        {
            (newcomers.First ?? others.First)!.Value.Cancel();
        }

        LinkedListNode<UnixStream> place = (isNew ? newcomers : others).AddLast(client);
        using LoopTimer timer = loop.Schedule(IdleTime, client.Cancel);
        try
        {
            return await reader.ReadAsync();
        }
        finally
        {
            place.List!.Remove(place);
        }
    }

    /// <summary>Sends an answer. A client that does not read it is as idle as one that says nothing, and makes room like that.</summary>
    /// <returns>As <see cref="UnixStream.SendAsync"/>.</returns>
    public async ValueTask<int> SendAsync(UnixStream client, byte[] line)
    {
        LinkedListNode<UnixStream> place = others.AddLast(client);
        using LoopTimer timer = loop.Schedule(IdleTime, client.Cancel);
        try
        {
            return await client.SendAsync(line);
        }
        finally
        {
            place.List!.Remove(place);
        }
    }

    /// <summary>False when too many wait for their answers already.</summary>
    /// <param name="isOutside">The client sits in no container or sandbox.</param>
    public bool TryBeginAnswer(bool isOutside)
    {
        bool isRoom = isOutside ? answered < MostAnswered : answeredInside < MostAnsweredInside;
        Count(isOutside, isRoom ? 1 : 0);
        return isRoom;
    }

    /// <param name="isOutside">As it was begun.</param>
    public void EndAnswer(bool isOutside) => Count(isOutside, -1);

    private void Count(bool isOutside, int change)
    {
        answered += isOutside ? change : 0;
        answeredInside += isOutside ? 0 : change;
    }
}
