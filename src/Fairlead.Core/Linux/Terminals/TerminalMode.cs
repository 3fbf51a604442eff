using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>
/// A terminal that passes on each key at once, shows none, and makes no signal of Ctrl-C or Ctrl-Z (termios(3)). Disposing restores its
/// former mode.
/// </summary>
internal sealed unsafe class TerminalMode : IDisposable
{
    private readonly int descriptor;
    private readonly LibC.Termios before;

    private TerminalMode(int descriptor, LibC.Termios before)
    {
        this.descriptor = descriptor;
        this.before = before;
    }

    /// <returns>Null if the descriptor is not a terminal.</returns>
    public static TerminalMode? TryEnter(int descriptor)
    {
        LibC.Termios before;
        if (LibC.ioctl(descriptor, LibC.TCGETS, &before) != 0)
        {
            return null;
        }

        LibC.Termios keyByKey = before;
        keyByKey.Local &= ~(LibC.ICANON | LibC.ECHO | LibC.ISIG);
        return LibC.ioctl(descriptor, LibC.TCSETSW, &keyByKey) == 0 ? new TerminalMode(descriptor, before) : null;
    }

    public void Dispose()
    {
        LibC.Termios restored = before;
        _ = LibC.ioctl(descriptor, LibC.TCSETSW, &restored);
    }
}
