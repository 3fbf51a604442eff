using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>The standard streams without <see cref="Console"/>, whose start-up would be most of the cost of <c>fairlead init</c>.</summary>
internal static class StandardStream
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    /// <summary>
    /// Puts something in the place of those that are closed. Otherwise the next file or socket that is opened gets their number, and is
    /// written to or read instead. Reading and writing still fail, and a program that replaces this one finds them closed (O_PATH,
    /// O_CLOEXEC).
    /// </summary>
    public static void FillClosed()
    {
        for (int stream = Input; stream <= Error; stream++)
        {
            if (LibC.fcntl(stream, LibC.F_GETFD, 0) < 0 && OpenNothing("/dev/null") < 0)
            {
                _ = OpenNothing("/");
            }
        }
    }

    /// <summary>Writes all of it: zero, or minus errno; EPIPE when the reader has gone.</summary>
    public static int Write(int stream, string text) => Descriptor.WriteAll(stream, Encoding.UTF8.GetBytes(text));

    /// <summary>One line of what a person types, without its end; empty at the end of the input.</summary>
    public static string ReadLine()
    {
        var line = new List<byte>();
        Span<byte> next = stackalloc byte[1];
        while (Descriptor.Read(Input, next) == 1 && next[0] != '\n')
        {
            line.Add(next[0]);
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    private static int OpenNothing(string path) => LibC.openat(LibC.AT_FDCWD, path, LibC.O_PATH | LibC.O_CLOEXEC, 0);
}
