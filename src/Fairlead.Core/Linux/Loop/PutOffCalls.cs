using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Calls that nobody waits for: the loop makes them when it has nothing better to do. While it begins to watch a connection, the agent
/// already works; while it closes one, the next client is already served.
/// </summary>
internal sealed class PutOffCalls(Epoll epoll)
{
    /// <summary>A crowd never lets the loop rest: then it closes this many at a time, so that few descriptors are held for nothing.</summary>
    private const int MaxUnclosed = 16;

    private readonly List<(int Number, uint Events, ulong Token)> unwatched = [];
    private readonly List<int> unclosed = [];

    public bool HasUnclosed => unclosed.Count > 0;

    public bool HasManyUnclosed => unclosed.Count >= MaxUnclosed;

    public void Watch(int number, uint events, ulong token) => unwatched.Add((number, events, token));

    /// <returns>False if it is watched already.</returns>
    public bool ForgetWatch(ulong token)
    {
        for (int i = 0; i < unwatched.Count; i++)
        {
            if (unwatched[i].Token == token)
            {
                unwatched.RemoveAt(i);
                return true;
            }
        }

        return false;
    }

    public void Close(int number) => unclosed.Add(number);

    /// <summary>Watches the connections of this turn.</summary>
    /// <param name="failed">Gets the token of each that the kernel refuses to watch, and minus errno. It may bring further ones.</param>
    public void WatchAll(Action<ulong, int> failed)
    {
        while (unwatched.Count > 0)
        {
            (int number, uint events, ulong token) = unwatched[^1];
            unwatched.RemoveAt(unwatched.Count - 1);
            int result = epoll.Add(number, events, token);
            if (result < 0)
            {
                failed(token, result);
            }
        }
    }

    public void CloseAll()
    {
        foreach (int number in unclosed)
        {
            _ = LibC.close(number);
        }

        unclosed.Clear();
    }
}
