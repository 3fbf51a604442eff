using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests;

/// <summary>A folder for one test: the owner's alone, with a path short enough for sockets, gone at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("fl-").FullName;

    private TempFolder(string path) => Path = Directory.CreateDirectory(path).FullName;

    public string Path { get; }

    /// <summary>The path of a name in it.</summary>
    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>On a tmpfs, which keeps any file time that it is given, as /tmp is on many systems.</summary>
    public static TempFolder InMemory() => new($"/dev/shm/fl-{Guid.NewGuid():N}");

    /// <summary>Gives a name in it a modification time as touch(1) does.</summary>
    /// <param name="seconds">Since 1970; beyond what a <see cref="DateTimeOffset"/> can hold, too.</param>
    public void Touch(string name, long seconds)
    {
        using var touch = System.Diagnostics.Process.Start("touch", ["-d", $"@{seconds}", this[name]]);
        touch.WaitForExit();
        Assert.Equal(0, touch.ExitCode);
    }

    /// <summary>Makes a folder in it.</summary>
    /// <param name="mode">0700 unless told; the test's umask does not matter.</param>
    public string Make(string name, uint mode = 0x1c0)
    {
        Directory.CreateDirectory(this[name]);
        Assert.Equal(0, LibC.chmod(this[name], mode));
        return this[name];
    }

    /// <summary>A socket that nobody listens at, as a login that died leaves behind.</summary>
    public string Bind(string name)
    {
        int socket = UnixListener.Bind(this[name]);
        Assert.True(socket >= 0, Errno.Describe(socket));
        _ = LibC.close(socket);
        return this[name];
    }

    /// <summary>A named pipe that nobody writes to.</summary>
    public string MakePipe(string name)
    {
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", ["-m", "600", this[name]]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
