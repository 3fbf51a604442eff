using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests;

/// <summary>A real terminal whose both sides the test holds: it types, and reads what was typed, as a shell would (pty(7)).</summary>
internal sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const int O_NOCTTY = 0x100;
    private const nuint TIOCSPTLCK = 0x40045431;
    private const nuint TIOCGPTN = 0x80045430;

    private readonly int master;
    private readonly int slave;

    public PseudoTerminal()
    {
        int flags = LibC.O_RDWR | O_NOCTTY | LibC.O_CLOEXEC;
        master = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/dev/ptmx", flags, 0));
        Assert.True(master >= 0, Errno.Describe(master));
        int locked = 0;
        int number;
        Assert.Equal(0, ioctl(master, TIOCSPTLCK, &locked));
        Assert.Equal(0, ioctl(master, TIOCGPTN, &number));
        Name = $"pts/{number}";
        slave = LibC.Result(LibC.openat(LibC.AT_FDCWD, Path, flags, 0));
        Assert.True(slave >= 0, Errno.Describe(slave));
    }

    /// <summary>Below /dev.</summary>
    public string Name { get; }

    public string Path => "/dev/" + Name;

    /// <summary>The side that a program has.</summary>
    public int Slave => slave;

    /// <summary>As stty(1) shows them.</summary>
    public string Settings()
    {
        using Process stty = Process.Start(new ProcessStartInfo("stty", ["-a", "-F", Path]) { RedirectStandardOutput = true })!;
        return stty.StandardOutput.ReadToEnd();
    }

    /// <summary>A person types a line, and a program reads it.</summary>
    public void Type(string line)
    {
        byte[] text = Encoding.ASCII.GetBytes(line + "\n");
        fixed (byte* bytes = text)
        {
            Assert.Equal(text.Length, (int)LibC.write(master, bytes, (nuint)text.Length));
            Assert.Equal(text.Length, (int)LibC.read(slave, bytes, (nuint)text.Length));
        }
    }

    /// <summary>A program writes a line, which appears on the screen.</summary>
    public void Show(string line)
    {
        byte[] text = Encoding.ASCII.GetBytes(line);
        fixed (byte* bytes = text)
        {
            Assert.Equal(text.Length, (int)LibC.write(slave, bytes, (nuint)text.Length));
        }
    }

    public void Dispose()
    {
        _ = LibC.close(slave);
        _ = LibC.close(master);
    }

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, int* argument);
}
