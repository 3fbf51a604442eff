using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests.Activity;

/// <summary>Two real terminals, and an inotify on a loop that tells of what is typed in them.</summary>
public abstract class TwoTerminals : IDisposable
{
    private protected TwoTerminals() => Inotify = Thread.RunAsync(() => new Inotify(Thread.Loop)).GetAwaiter().GetResult();

    private protected LoopThread Thread { get; } = new();

    private protected PseudoTerminal Sofa { get; } = new();

    private protected PseudoTerminal Desk { get; } = new();

    private protected Inotify Inotify { get; }

    /// <summary>The terminals that somebody was told to have turned to, in order.</summary>
    private protected List<string> Changes { get; } = [];

    public void Dispose()
    {
        Thread.RunAsync(Inotify.Dispose).GetAwaiter().GetResult();
        Thread.Dispose();
        Sofa.Dispose();
        Desk.Dispose();
        Assert.Empty(Thread.Faults);
        GC.SuppressFinalize(this);
    }
}
