namespace Fairlead.Core.Linux.Interop;

/// <summary>A system call that fairlead cannot do without failed: the process ends with this text.</summary>
internal sealed class SystemCallException(string call, int result)
    : Exception($"{call}: {Errno.Describe(result)}")
{
    public int Result { get; } = result;

    public static void ThrowIfFailed(int result, string call)
    {
        if (result < 0)
        {
            throw new SystemCallException(call, result);
        }
    }
}
