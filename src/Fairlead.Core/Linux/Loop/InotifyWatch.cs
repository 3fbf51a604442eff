using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>What one caller of <see cref="Inotify"/> wants to know of one file.</summary>
/// <param name="Mask">The events that are wanted, and flags.</param>
internal sealed record InotifyWatch(int Id, uint Mask, Action<uint, string> Callback)
{
    /// <summary>IN_UNMOUNT comes unasked.</summary>
    private const uint Unasked = LibC.IN_UNMOUNT;

    public bool IsOneShot => (Mask & LibC.IN_ONESHOT) != 0;

    public bool Wants(uint happened) => (happened & ((Mask & LibC.IN_ALL_EVENTS) | Unasked)) != 0;
}
