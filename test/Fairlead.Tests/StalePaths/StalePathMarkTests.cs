using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.StalePaths;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.StalePaths;

/// <summary>The mark that keeps a login's folder ours when sshd removes it, and what is not taken for one.</summary>
public sealed class StalePathMarkTests : IDisposable
{
    private readonly OldPathScene scene = new();
    private readonly StalePath path;

    public StalePathMarkTests()
    {
        path = scene.Path();
        scene.MakeFolder();
        scene.BindDead("ssh-AAAAAAAAAA/agent.1");
    }

    private string Marker => $"{path.Folder}/.fairlead";

    public void Dispose() => scene.Dispose();

    [Fact]
    public void The_folder_of_a_living_agent_is_marked_and_survives_sshd()
    {
        Assert.True(Mark());
        Assert.True(Mark());
        Assert.True(StalePathMark.IsMarked(path.Folder, CurrentProcess.Uid));
        Assert.Equal((0x180u, 0L), (OldPathScene.StatusOf(Marker).Permissions, OldPathScene.StatusOf(Marker).Length));

        File.Delete(path.Path); // sshd: unlink, then rmdir
        Assert.Throws<IOException>(() => Directory.Delete(path.Folder));
    }

    [Fact]
    public void A_login_that_ended_meanwhile_gets_none()
    {
        FileIdentity socket = OldPathScene.StatusOf(path.Path).Identity;
        File.Delete(path.Path);
        Assert.False(StalePathMark.Mark(path, socket, CurrentProcess.Uid));
        Assert.Empty(Directory.EnumerateFileSystemEntries(path.Folder));
    }

    [Fact]
    public void A_folder_that_is_not_ours_alone_gets_none()
    {
        Assert.Equal(0, LibC.chmod(path.Folder, 0x1ed));
        Assert.False(Mark());
        Assert.Equal(0, LibC.chmod(path.Folder, 0x1c0));
        Ownership.Give(path.Folder, OldPathScene.Stranger);
        Assert.False(Mark());
        Assert.False(Path.Exists(Marker));
    }

    [Fact]
    public void A_link_in_its_place_is_neither_followed_nor_taken_for_it()
    {
        string target = scene.Folder["target"];
        File.CreateSymbolicLink(Marker, target);
        Assert.False(Mark());
        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);
        Assert.False(File.Exists(target));
        Assert.Equal(target, new FileInfo(Marker).LinkTarget);
    }

    [Fact]
    public void A_file_of_that_name_with_something_in_it_or_of_another_user_is_somebody_s_own()
    {
        File.WriteAllText(Marker, "mine");
        Assert.False(Mark());
        File.WriteAllText(Marker, "");
        Ownership.Give(Marker, OldPathScene.Stranger);
        Assert.False(Mark());
        File.Delete(path.Path);

        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);

        Assert.True(File.Exists(Marker));
        Assert.False(StalePathMark.IsMarked(path.Folder, CurrentProcess.Uid));
    }

    [Fact]
    public void Clearing_takes_the_folder_only_when_nothing_else_is_in_it()
    {
        Assert.True(Mark());
        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);
        Assert.Equal([path.Path], Directory.EnumerateFileSystemEntries(path.Folder));

        Assert.True(Mark());
        File.Delete(path.Path);
        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);
        Assert.False(Path.Exists(path.Folder));
    }

    [Fact]
    public void A_folder_in_which_somebody_listens_keeps_its_mark()
    {
        Assert.True(Mark());
        int listener = UnixListener.Bind($"{path.Folder}/agent.2");
        Assert.True(listener >= 0, Errno.Describe(listener));

        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);
        Assert.True(File.Exists(Marker));

        Descriptor.Close(listener);
        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public void Without_a_mark_an_empty_folder_stays()
    {
        File.Delete(path.Path);
        StalePathMark.Clear(path.Folder, CurrentProcess.Uid);
        Assert.True(Path.Exists(path.Folder));
    }

    private bool Mark() => StalePathMark.Mark(path, OldPathScene.StatusOf(path.Path).Identity, CurrentProcess.Uid);
}
