namespace Fairlead.Core.Linux.Loop;

/// <summary>Why a wait on the event loop ended.</summary>
internal enum Wake
{
    /// <summary>What was waited for may be possible now: try again.</summary>
    Ready,

    /// <summary>The waiter's own deadline passed.</summary>
    TimedOut,

    /// <summary>The descriptor was closed, or the wait called off, from this side.</summary>
    Closed,
}
