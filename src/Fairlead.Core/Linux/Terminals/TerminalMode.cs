using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>
/// A terminal that passes on each key at once, and shows none (termios(3)). Disposing restores its former mode, unless another program has
/// given it a new one since.
/// </summary>
internal sealed unsafe class TerminalMode : IDisposable
{
    private readonly int descriptor;
    private readonly LibC.Termios before;
    private readonly LibC.Termios entered;

    private TerminalMode(int descriptor, LibC.Termios before, LibC.Termios entered)
    {
        this.descriptor = descriptor;
        this.before = before;
        this.entered = entered;
    }

    /// <param name="isGuest">
    /// Another program may be in the foreground: Ctrl-C and Ctrl-Z still are signals for it, and not keys. Ctrl-S stops nothing, and output
    /// that was stopped is not waited for.
    /// </param>
    /// <returns>Null if the descriptor is not a terminal.</returns>
    public static TerminalMode? TryEnter(int descriptor, bool isGuest = false)
    {
        LibC.Termios before;
        if (LibC.ioctl(descriptor, LibC.TCGETS, &before) != 0)
        {
            return null;
        }

        LibC.Termios keyByKey = before;
        keyByKey.Local &= ~(LibC.ICANON | LibC.ECHO | (isGuest ? 0 : LibC.ISIG));
        keyByKey.Input &= ~(isGuest ? LibC.IXON : 0);
        return LibC.ioctl(descriptor, isGuest ? LibC.TCSETS : LibC.TCSETSW, &keyByKey) == 0 ? new TerminalMode(descriptor, before, keyByKey) : null;
    }

    /// <summary>A shell's own mode for typing has no echo either; it differs in what comes in.</summary>
    private static bool IsSame(LibC.Termios one, LibC.Termios other) =>
        one.Local == other.Local && one.Input == other.Input && one.Output == other.Output;

    public void Dispose()
    {
        LibC.Termios now;
        if (LibC.ioctl(descriptor, LibC.TCGETS, &now) == 0 && IsSame(now, entered))
        {
            LibC.Termios restored = before;
            _ = LibC.ioctl(descriptor, LibC.TCSETS, &restored);
        }
    }
}
