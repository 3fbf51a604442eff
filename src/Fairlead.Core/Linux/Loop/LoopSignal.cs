using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// One reusable wait, which lets a conversation read as straight-line code without an allocation for each step. The continuation runs
/// inside <see cref="Raise"/>, on the loop's thread.
/// </summary>
/// <remarks>One waiter at a time. A signal without a waiter is dropped: a waiter tries its call before it waits.</remarks>
internal sealed class LoopSignal : IValueTaskSource<Wake>
{
    private ManualResetValueTaskSourceCore<Wake> core;

    public bool IsAwaited { get; private set; }

    public ValueTask<Wake> WaitAsync()
    {
        Debug.Assert(!IsAwaited, "a signal has one waiter");
        core.Reset();
        IsAwaited = true;
        return new ValueTask<Wake>(this, core.Version);
    }

    public void Raise(Wake wake)
    {
        if (IsAwaited)
        {
            IsAwaited = false;
            core.SetResult(wake);
        }
    }

    Wake IValueTaskSource<Wake>.GetResult(short token) => core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<Wake>.GetStatus(short token) => core.GetStatus(token);

    void IValueTaskSource<Wake>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}

/// <summary>Why a wait on the event loop ended.</summary>
internal enum Wake
{
    /// <summary>The call may succeed now: try again.</summary>
    Ready,

    /// <summary>The waiter's own deadline passed.</summary>
    TimedOut,

    /// <summary>This side closed the descriptor, or cancelled the wait.</summary>
    Closed,
}
