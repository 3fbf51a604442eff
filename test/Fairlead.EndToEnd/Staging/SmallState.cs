namespace Fairlead.EndToEnd.Staging;

/// <summary>A file system of its own for the folder of state, which can be filled: a home whose quota is used up.</summary>
internal sealed class SmallState : IAsyncDisposable
{
    private readonly string folder;
    private readonly Account owner;

    private SmallState(string folder, Account owner)
    {
        this.folder = folder;
        this.owner = owner;
    }

    /// <param name="options">Of tmpfs: how much it holds.</param>
    public static async Task<SmallState> Mount(Stage stage, string options)
    {
        string folder = stage.Person.InHome(".local/state");
        (await stage.AsPerson("mkdir", "-p", "-m", "700", folder)).Succeeded();
        (await Invocation.Of("mount", "-t", "tmpfs", "-o", $"{options},mode=700,uid={stage.Person.UserId},gid={stage.Person.GroupId}", "state", folder).Run()).Succeeded();
        return stage.Keep(new SmallState(folder, stage.Person));
    }

    /// <summary>Until not one byte more can be written.</summary>
    public async Task Fill() =>
        Assert.NotEqual(0, (await Invocation.Of("dd", "if=/dev/zero", $"of={folder}/rest", "bs=4k").As(owner).Run()).ExitCode);

    /// <summary>Until not one file more can be made.</summary>
    public async Task UseUpInodes() =>
        Assert.NotEqual(0, (await Invocation.Of("sh", "-c", $"i=0; while : >{folder}/rest-$i; do i=$((i + 1)); done").As(owner).Run()).ExitCode);

    public async ValueTask DisposeAsync() => (await Invocation.Of("umount", "-l", folder).Run()).Succeeded();
}
