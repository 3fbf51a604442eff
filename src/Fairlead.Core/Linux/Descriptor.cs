namespace Fairlead.Core.Linux;

/// <summary>A file descriptor as the system knows it: a number.</summary>
internal static class Descriptor
{
    public static void Close(int descriptor) => _ = LibC.close(descriptor);
}
