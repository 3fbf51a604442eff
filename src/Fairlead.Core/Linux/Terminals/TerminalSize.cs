using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>Asks a descriptor for the terminal behind it (ioctl_tty(2)).</summary>
internal static unsafe class TerminalSize
{
    /// <summary>How many columns it has; 0 if it does not say, null if there is no terminal.</summary>
    public static int? Columns(int descriptor)
    {
        LibC.WindowSize size;
        return LibC.ioctl(descriptor, LibC.TIOCGWINSZ, &size) == 0 ? size.Columns : null;
    }

    /// <summary>How many rows it has; 0 if it does not say, or if there is no terminal.</summary>
    public static int Rows(int descriptor)
    {
        LibC.WindowSize size;
        return LibC.ioctl(descriptor, LibC.TIOCGWINSZ, &size) == 0 ? size.Rows : 0;
    }
}
