using System.Runtime.InteropServices;

namespace Fairlead.Core.Linux.Interop;

/// <summary>A zero-terminated array of zero-terminated strings, outside the collected heap: what exec takes.</summary>
internal sealed unsafe class CStringArray : IDisposable
{
    private readonly int count;

    public CStringArray(string[] strings)
    {
        count = strings.Length;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < count; i++)
        {
            Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }
    }

    public byte** Pointer { get; }

    public void Dispose()
    {
        for (int i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        }

        NativeMemory.Free(Pointer);
    }
}
