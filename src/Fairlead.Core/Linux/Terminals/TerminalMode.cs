using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>
/// A terminal that passes on each key as it is pressed, shows none, and makes no signal of Ctrl-C or Ctrl-Z, until it is disposed: then it is as it was
/// (termios(3)).
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

    /// <returns>Null when there is no terminal behind the descriptor.</returns>
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
