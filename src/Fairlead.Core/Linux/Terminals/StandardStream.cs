using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Terminals;

/// <summary>
/// The standard streams without <see cref="Console"/>, whose start-up would be most of what <c>fairlead init</c> costs.
/// </summary>
internal static class StandardStream
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    /// <summary>Writes all of it: zero, or minus errno; EPIPE when whoever reads has gone.</summary>
    public static int Write(int stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int offset = 0;
        while (offset < bytes.Length)
        {
            int written = Descriptor.Write(stream, bytes.AsSpan(offset));
            if (written < 0 && written != -Errno.EINTR)
            {
                return written;
            }

            offset += Math.Max(written, 0);
        }

        return 0;
    }

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
}
