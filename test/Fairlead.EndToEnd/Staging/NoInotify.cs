namespace Fairlead.EndToEnd.Staging;

/// <summary>Programs of the person that use up fs.inotify.max_user_instances, as an editor with many windows does.</summary>
internal static class NoInotify
{
    private const string Exhaust =
        """
        import ctypes, signal
        libc = ctypes.CDLL(None)
        while libc.inotify_init1(0) >= 0: pass
        print('used up', flush=True)
        signal.pause()
        """;

    public static async Task<LongRunning> Leave(Account account)
    {
        LongRunning held = LongRunning.Start(Invocation.Of("sh", "-c", $"ulimit -n $(ulimit -Hn); exec {PythonScript.Program} -c \"$0\"", Exhaust).As(account));
        Assert.NotNull(await held.Says(new("used up")));
        return held;
    }
}
