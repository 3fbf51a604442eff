using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.StalePaths;

namespace Fairlead.Tests.StalePaths;

/// <summary>A folder that is as /tmp is, root's and sticky, and a home, with the paths that sshd would choose in them. Takes root.</summary>
internal sealed class OldPathScene : IDisposable
{
    public const uint Stranger = 4242;
    public const uint Sticky = 0x3ff; // 1777

    public OldPathScene()
    {
        Shared = Folder.Make("tmp", Sticky);
        Home = Folder.Make("home");
        Places = new StalePathPatterns(Shared, Home, "hosthash00");
    }

    public TempFolder Folder { get; } = new();

    public string Shared { get; }

    public string Home { get; }

    public StalePathPatterns Places { get; }

    /// <summary>A path in the shared folder.</summary>
    public StalePath Path(string folder = "ssh-AAAAAAAAAA", int number = 1) => Places.Recognise($"{Shared}/{folder}/agent.{number}")!;

    public StalePath PathInHome()
    {
        Folder.Make("home/.ssh");
        Folder.Make("home/.ssh/agent");
        return Places.Recognise($"{Home}/.ssh/agent/s.hosthash00.sshd.random")!;
    }

    /// <summary>A login folder as sshd makes it.</summary>
    public string MakeFolder(string name = "ssh-AAAAAAAAAA", uint mode = 0x1c0) => Folder.Make($"tmp/{name}", mode);

    public string BindDead(string name) => Folder.Bind($"tmp/{name}");

    public static FileStatus StatusOf(string path)
    {
        Assert.Equal(0, FileStatus.TryRead(path, out FileStatus status));
        return status;
    }

    /// <summary>A login's folder with its socket, at which nobody listens.</summary>
    public void MakeLogin(StalePath path)
    {
        string name = System.IO.Path.GetFileName(path.Folder);
        MakeFolder(name);
        BindDead($"{name}/{path.Name}");
    }

    /// <summary>As sshd does.</summary>
    public static void LogOut(StalePath path)
    {
        File.Delete(path.Path);
        try
        {
            Directory.Delete(path.Folder);
        }
        catch (IOException)
        {
            // the mark is in it
        }
    }

    /// <summary>As a daemon that was killed does.</summary>
    public static StalePathFile Leave(StalePath path)
    {
        StalePathBinding outcome = StalePathFile.Listen(path, CurrentProcess.Uid, null);
        Descriptor.Close(outcome.Descriptor);
        return outcome.File!;
    }

    public void Dispose() => Folder.Dispose();
}
