using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.StalePaths;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.StalePaths;

/// <summary>How a socket comes to an old path and goes again, with everything that may stand there.</summary>
public sealed class StalePathFileTests : IDisposable
{
    private readonly OldPathScene scene = new();
    private readonly List<int> listening = [];

    public void Dispose()
    {
        listening.ForEach(Descriptor.Close);
        scene.Dispose();
    }

    [Fact]
    public void A_folder_that_is_gone_is_made_again_ours_alone_and_marked()
    {
        StalePath path = scene.Path();
        StalePathFile file = Listen(path).File!;

        Assert.Equal((FileKind.Directory, 0x1c0u), KindAndMode(path.Folder));
        Assert.Equal((FileKind.Socket, 0x180u), KindAndMode(path.Path));
        Assert.Equal((FileKind.Regular, 0x180u), KindAndMode($"{path.Folder}/.fairlead"));
        Assert.True(file.IsInPlace());
        Assert.True(Connects(path.Path));
    }

    /// <summary>Tmp cleaners remove a socket that does not stand there by the path that they see.</summary>
    [Fact]
    public void The_kernel_lists_the_socket_by_its_absolute_path()
    {
        StalePath path = scene.Path();
        Listen(path);
        Assert.Contains($" {path.Path}\n", File.ReadAllText("/proc/net/unix"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_home_it_is_bound_in_the_folder_that_sshd_made()
    {
        StalePath path = scene.PathInHome();
        Listen(path).File!.Remove(CurrentProcess.Uid);
        Assert.Empty(Directory.EnumerateFileSystemEntries(path.Folder));
    }

    [Theory]
    [InlineData("", 0x1ffu)] // 0777
    [InlineData(".ssh", 0x1f0u)] // 0760
    [InlineData(".ssh/agent", 0x1edu)] // 0755
    public void In_the_home_every_folder_above_must_be_ours_to_change_alone(string open, uint mode)
    {
        StalePath path = scene.PathInHome();
        Assert.Equal(0, LibC.chmod($"{scene.Home}/{open}", mode));
        Assert.Equal(Refusal.FolderNotPrivate, Listen(path).Refusal);
        Assert.False(Path.Exists(path.Path));
    }

    [Fact]
    public void In_the_home_a_folder_that_is_not_there_is_not_made()
    {
        StalePath path = scene.PathInHome();
        Directory.Delete(path.Folder);
        Assert.Equal(-Errno.ENOENT, Listen(path).Error);
        Assert.False(Path.Exists(path.Folder));
    }

    [Fact]
    public void A_shared_folder_that_is_not_sticky_or_not_root_s_is_not_used()
    {
        Assert.Equal(0, LibC.chmod(scene.Shared, 0x1ff));
        Assert.Equal(Refusal.SharedFolderUnsafe, Listen(scene.Path()).Refusal);

        Assert.Equal(0, LibC.chmod(scene.Shared, OldPathScene.Sticky));
        Ownership.Give(scene.Shared, OldPathScene.Stranger);
        Assert.Equal(Refusal.SharedFolderUnsafe, Listen(scene.Path()).Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
    }

    [Theory]
    [InlineData(0x1edu)] // 0755
    [InlineData(0x1c0u)] // 0700
    [InlineData(0x1ffu)] // 0777
    public void A_folder_that_another_user_made_first_is_refused_and_left_as_it_is(uint mode)
    {
        string folder = scene.MakeFolder(mode: mode);
        Ownership.Give(folder, OldPathScene.Stranger);
        Assert.Equal(Refusal.TakenByAnotherUser, Listen(scene.Path()).Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_link_in_the_folder_s_place_is_not_followed_whoever_made_it()
    {
        string den = scene.Folder.Make("den");
        string link = $"{scene.Shared}/ssh-AAAAAAAAAA";
        File.CreateSymbolicLink(link, den);
        Assert.Equal(Refusal.FolderNotPrivate, Listen(scene.Path()).Refusal);
        Ownership.Give(link, OldPathScene.Stranger);
        Assert.Equal(Refusal.TakenByAnotherUser, Listen(scene.Path()).Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(den));
    }

    [Theory]
    [InlineData(0x1edu)] // 0755
    [InlineData(0x1f8u)] // 0770
    [InlineData(0x1c1u)] // 0701
    public void A_folder_of_ours_that_others_may_enter_is_refused(uint mode)
    {
        string folder = scene.MakeFolder(mode: mode);
        Assert.Equal(Refusal.FolderNotPrivate, Listen(scene.Path()).Refusal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Where_anything_is_dead_or_alive_it_stays()
    {
        scene.MakeFolder();
        FileStatus dead = OldPathScene.StatusOf(scene.BindDead("ssh-AAAAAAAAAA/agent.1"));
        File.WriteAllText(scene.Path(number: 2).Path, "mine");
        StalePath alive = scene.Path(number: 3);
        listening.Add(UnixListener.Bind(alive.Path));

        Assert.Equal(-Errno.EADDRINUSE, Listen(scene.Path(number: 1)).Error);
        Assert.Equal(-Errno.EADDRINUSE, Listen(scene.Path(number: 2)).Error);
        Assert.Equal(-Errno.EADDRINUSE, Listen(alive).Error);

        Assert.Equal(dead, OldPathScene.StatusOf(scene.Path(number: 1).Path));
        Assert.Equal("mine", File.ReadAllText(scene.Path(number: 2).Path));
        Assert.True(Connects(alive.Path));
        Assert.False(Path.Exists($"{alive.Folder}/.fairlead"));
    }

    [Fact]
    public void What_an_earlier_daemon_left_is_replaced()
    {
        StalePath path = scene.Path();
        StalePathFile left = Listen(path).File!;
        Kill();

        Assert.True(Listen(path, left).File!.IsInPlace());
        Assert.True(Connects(path.Path));
    }

    [Fact]
    public void A_leftover_that_is_another_file_now_or_that_somebody_listens_at_stays()
    {
        StalePath path = scene.Path();
        StalePathFile left = Listen(path).File!;
        Assert.Equal(-Errno.EADDRINUSE, Listen(path, left).Error);
        Assert.True(Connects(path.Path));

        Kill();
        var other = left with { Identity = left.Identity with { Inode = left.Identity.Inode + 1 } };
        Assert.Equal(-Errno.EADDRINUSE, Listen(path, other).Error);
        var elsewhere = left with { Identity = left.Identity with { Device = left.Identity.Device + 1 } };
        Assert.Equal(-Errno.EADDRINUSE, Listen(path, elsewhere).Error);
        other.RemoveLeftover(CurrentProcess.Uid);
        Assert.True(left.IsInPlace());
        left.RemoveLeftover(CurrentProcess.Uid);
        Assert.False(Path.Exists(path.Folder));
    }

    [Fact]
    public void It_goes_with_the_folder_that_was_made_for_it()
    {
        StalePath path = scene.Path();
        Listen(path).File!.Remove(CurrentProcess.Uid);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
    }

    [Fact]
    public void A_folder_that_was_there_before_stays_and_so_does_all_else_in_it()
    {
        string folder = scene.MakeFolder();
        Listen(scene.Path()).File!.Remove(CurrentProcess.Uid);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

        StalePath other = scene.Path("ssh-BBBBBBBBBB");
        StalePathFile file = Listen(other).File!;
        File.WriteAllText($"{other.Folder}/mine", "mine");
        file.Remove(CurrentProcess.Uid);
        Assert.Equal([".fairlead", "mine"], Directory.EnumerateFileSystemEntries(other.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Another_file_at_its_path_is_not_removed()
    {
        StalePath path = scene.Path();
        StalePathFile file = Listen(path).File!;
        string aside = scene.Folder["aside"]; // keeps the inode, which would be used again
        File.Move(path.Path, aside);
        scene.BindDead("ssh-AAAAAAAAAA/agent.1");

        file.Remove(CurrentProcess.Uid);

        Assert.True(Path.Exists(path.Path));
        Assert.True(Path.Exists(aside));
    }

    [Fact]
    public void A_path_that_is_too_long_for_a_socket_leaves_no_folder()
    {
        StalePath path = scene.Places.Recognise($"{scene.Shared}/ssh-AAAAAAAAAA/agent.{new string('1', 100)}")!;
        Assert.Equal(-Errno.ENAMETOOLONG, Listen(path).Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Shared));
    }

    private StalePathBinding Listen(StalePath path, StalePathFile? leftover = null)
    {
        StalePathBinding outcome = StalePathFile.Listen(path, CurrentProcess.Uid, leftover);
        if (outcome.Descriptor >= 0)
        {
            listening.Add(outcome.Descriptor);
        }

        return outcome;
    }

    /// <summary>What becomes of the sockets when their process is killed.</summary>
    private void Kill()
    {
        listening.ForEach(Descriptor.Close);
        listening.Clear();
    }

    private static (FileKind, uint) KindAndMode(string path)
    {
        FileStatus status = OldPathScene.StatusOf(path);
        return (status.Kind, status.Permissions);
    }

    private static bool Connects(string path)
    {
        int connected = UnixStream.Connect(path);
        if (connected >= 0)
        {
            Descriptor.Close(connected);
        }

        return connected >= 0;
    }
}
