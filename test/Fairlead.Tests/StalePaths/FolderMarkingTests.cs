using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Daemon;
using Fairlead.StalePaths;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.StalePaths;

/// <summary>Which folders bear the mark, and until when.</summary>
public sealed class FolderMarkingTests : StalePathStage
{
    [Fact]
    public async Task The_folder_of_a_living_agent_is_marked_and_healed_at_its_end()
    {
        StalePath path = Scene.Path();
        Scene.MakeLogin(path);
        Name(path);
        await StartAsync();
        Assert.Empty(Healed());
        Assert.True(File.Exists($"{path.Folder}/.fairlead"));

        Task healed = UntilAsync(() => Sockets.Contains(path.Path));
        OldPathScene.LogOut(path);
        await healed;

        Assert.Equal([path.Path], Healed());
    }

    [Theory]
    [InlineData("rm")]
    [InlineData("mv")]
    [InlineData("ln")]
    public async Task A_mark_that_somebody_removes_comes_back(string how)
    {
        StalePath path = Scene.Path();
        Scene.MakeLogin(path);
        await StartAsync();
        string mark = $"{path.Folder}/.fairlead";
        switch (how)
        {
            case "rm":
                File.Delete(mark);
                break;
            case "mv":
                File.Move(mark, $"{path.Folder}/aside");
                break;
            default: // what is in its place keeps the folder as well; then that goes, too
                File.CreateSymbolicLink(Scene.Folder["link"], "nowhere");
                File.Move(Scene.Folder["link"], mark, overwrite: true);
                File.Delete(mark);
                break;
        }

        await AppearsAsync(mark);
    }

    [Fact]
    public async Task A_mark_does_not_come_back_after_its_login()
    {
        StalePath path = Scene.Path();
        Scene.MakeLogin(path);
        await StartAsync();
        await Thread.RunAsync(() =>
        {
            // On the loop, so that it learns of both at once.
            File.Delete(path.Path);
            File.Delete($"{path.Folder}/.fairlead");
        });
        await SettleAsync();
        Directory.Delete(path.Folder);
    }

    [Fact]
    public async Task The_mark_beside_a_socket_of_our_own_comes_back_and_goes_with_it()
    {
        StalePath path = Scene.Path();
        Puppet puppet = Name(path);
        await StartAsync();
        File.Delete($"{path.Folder}/.fairlead");
        await AppearsAsync($"{path.Folder}/.fairlead");

        Task gone = UntilAsync(() => Sockets.All.Count == 0);
        End(puppet);
        await gone;
        await SettleAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Scene.Shared));
    }

    [Fact]
    public async Task Its_end_takes_no_mark_from_a_folder_in_which_somebody_listens()
    {
        StalePath path = Scene.Path();
        Scene.MakeFolder();
        int listener = UnixListener.Bind(path.Path);
        await StartAsync();

        await Thread.RunAsync(Keeper.Dispose);

        Assert.Equal([".fairlead", "agent.1"], Names(path.Folder));
        Descriptor.Close(listener);
    }

    [Fact]
    public async Task Marks_of_an_earlier_daemon_are_swept_at_the_start_unless_their_agent_lives()
    {
        StalePath alive = Scene.Path("ssh-AAAAAAAAAA");
        Scene.MakeLogin(alive);
        File.WriteAllText($"{alive.Folder}/.fairlead", "");
        foreach (string name in new[] { "ssh-BBBBBBBBBB", "ssh-CCCCCCCCCC", "ssh-short", "other" })
        {
            File.WriteAllText($"{Scene.MakeFolder(name)}/.fairlead", "");
        }

        File.WriteAllText($"{Scene.Shared}/ssh-CCCCCCCCCC/mine", "");
        Ownership.Give($"{Scene.Shared}/ssh-CCCCCCCCCC", OldPathScene.Stranger);
        await StartAsync();

        Assert.Equal(["other", "ssh-AAAAAAAAAA", "ssh-CCCCCCCCCC", "ssh-short"], Names(Scene.Shared));
        Assert.Equal([".fairlead", "agent.1"], Names(alive.Folder));
        Assert.Equal([".fairlead", "mine"], Names($"{Scene.Shared}/ssh-CCCCCCCCCC"));
    }
}
