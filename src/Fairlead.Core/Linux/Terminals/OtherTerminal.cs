using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>Another program's terminal, opened without becoming its controlling terminal (O_NOCTTY).</summary>
internal static class OtherTerminal
{
    /// <param name="name">Below /dev: "pts/3".</param>
    /// <returns>A descriptor for reading and writing, or minus errno.</returns>
    public static int Open(string name) =>
        LibC.Result(LibC.openat(LibC.AT_FDCWD, $"/dev/{name}", LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC, 0));

    /// <summary>Writes without waiting: a terminal whose output is held (Ctrl-S) takes nothing.</summary>
    /// <param name="name">Below /dev.</param>
    /// <returns>Zero, or minus errno.</returns>
    public static int Write(string name, string text)
    {
        int opened = LibC.Result(LibC.openat(LibC.AT_FDCWD, $"/dev/{name}", LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0));
        int written = opened < 0 ? opened : StandardStream.Write(opened, text);
        Descriptor.Close(opened);
        return written;
    }
}
