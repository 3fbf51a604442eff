using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>
/// The descriptors that a child gets as 0, 1, 2 and so on. They are copies with numbers above all of those: none is overwritten when
/// another takes its place, not even if this process was started without 0 to 2, and none is closed or reused before the child has it.
/// </summary>
internal sealed class PassedDescriptors : IDisposable
{
    /// <summary>The child gets /dev/null there.</summary>
    public const int Nothing = -1;

    private readonly int[] copies;

    private PassedDescriptors(int count) => copies = [.. Enumerable.Repeat(Nothing, count)];

    public int Count => copies.Length;

    /// <summary>The copy that becomes number <paramref name="index"/> in the child, or <see cref="Nothing"/>.</summary>
    public int this[int index] => copies[index];

    /// <param name="descriptors">The first becomes number 0; at least three.</param>
    /// <returns>Zero, or minus errno: EMFILE, EBADF.</returns>
    public static int TryCopy(ReadOnlySpan<int> descriptors, out PassedDescriptors? passed)
    {
        passed = null;
        var copying = new PassedDescriptors(descriptors.Length);
        for (int i = 0; i < descriptors.Length; i++)
        {
            if (descriptors[i] == Nothing)
            {
                continue;
            }

            int copy = LibC.Result(LibC.fcntl(descriptors[i], LibC.F_DUPFD_CLOEXEC, descriptors.Length));
            if (copy < 0)
            {
                copying.Dispose();
                return copy;
            }

            copying.copies[i] = copy;
        }

        passed = copying;
        return 0;
    }

    public void Dispose()
    {
        for (int i = 0; i < copies.Length; i++)
        {
            if (copies[i] != Nothing)
            {
                _ = LibC.close(copies[i]);
                copies[i] = Nothing;
            }
        }
    }
}
