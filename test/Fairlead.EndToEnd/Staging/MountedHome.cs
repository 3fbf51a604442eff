namespace Fairlead.EndToEnd.Staging;

/// <summary>A file system of its own for an account's home: with no room, nothing that may be run, nothing that may be written.</summary>
internal sealed class MountedHome(Account account) : IAsyncDisposable
{
    /// <param name="options">Of tmpfs.</param>
    /// <param name="then">What it is mounted anew with, once it is there.</param>
    public static async Task Mount(Stage stage, Account account, string options, string? then = null)
    {
        string owner = $"mode=700,uid={account.UserId},gid={account.GroupId}";
        (await Invocation.Of("mount", "-t", "tmpfs", "-o", $"{options},{owner}", "home", account.Home).Run()).Succeeded();
        stage.Keep(new MountedHome(account));
        if (then is not null)
        {
            (await Invocation.Of("mount", "-o", $"remount,{then}", account.Home).Run()).Succeeded();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await AccountProcesses.End(account.UserId);
        (await Invocation.Of("umount", "-l", account.Home).Run()).Succeeded();
    }
}
