using Fairlead.Core.Linux;

namespace Fairlead.Tests;

/// <summary>A folder for one test: the owner's alone, with a path short enough for sockets, gone at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fl-").FullName;

    /// <summary>The path of a name in it.</summary>
    public string this[string name] => System.IO.Path.Join(Path, name);

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

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
