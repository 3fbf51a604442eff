namespace Fairlead.Core.Linux.Interop;

/// <summary>A name that nothing has yet and nobody can guess.</summary>
internal static unsafe class RandomName
{
    private const int Length = 16;

    /// <summary>32 hexadecimal digits. From getrandom(2), which needs no /dev, if the kernel has it (Linux 3.17).</summary>
    public static string Create()
    {
        byte* bytes = stackalloc byte[Length];
        return LibC.getrandom(bytes, Length, 0) == Length
            ? Convert.ToHexStringLower(new ReadOnlySpan<byte>(bytes, Length))
            : Guid.NewGuid().ToString("N");
    }
}
