using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Proc;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Agents;

/// <summary>What dead logins leave behind is read once.</summary>
public sealed class StaleFolderTests : IDisposable
{
    private const int Count = 10_000;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ten_thousand_stale_folders_are_not_read_again_when_a_login_comes()
    {
        for (int i = 0; i < Count; i++)
        {
            Directory.CreateDirectory(folder[$"ssh-{i:d10}"]);
        }

        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddSeconds(1));
        var place = new SocketFolder(folder.Path, CurrentProcess.Uid, time);
        Assert.True(place.Refresh());
        Assert.Equal(0, Opened(() => Assert.False(place.Refresh())));

        folder.Make("ssh-AAAAAAAAAA");
        folder.Bind("ssh-AAAAAAAAAA/agent.1");
        long opened = Opened(() => Assert.True(place.Refresh()));
        Assert.Single(place.Agents);
        Assert.InRange(opened, 1, 100);
    }

    [Fact]
    public void Stale_folders_that_are_removed_or_made_again_are_noticed()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"ssh-{i:d10}")];
        foreach (string name in names)
        {
            folder.Make(name);
            folder.Touch(name, DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds());
        }

        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var place = new SocketFolder(folder.Path, CurrentProcess.Uid, time);
        place.Refresh();
        Assert.Equal(names.Select(name => folder[name]), place.FindLoginFolders()!.Order());

        Directory.Delete(folder[names[3]]);
        folder.Make("between"); // takes the inode, where a file system gives it to the next one at once
        folder.Make(names[3]);
        folder.Bind($"{names[3]}/agent.1");
        Directory.Delete(folder[names[4]]);
        Assert.True(place.Refresh());
        Assert.Equal(folder[$"{names[3]}/agent.1"], Assert.Single(place.Agents).Path);
        Assert.Equal(names.Except([names[4]]).Select(name => folder[name]), place.FindLoginFolders()!.Order());
    }

    /// <summary>
    /// How many folders were read meanwhile. Reading one moves its access time, which a look at it does not (relatime: unless that is
    /// newer than its modification already, so it is set back first).
    /// </summary>
    private long Opened(Action action)
    {
        var before = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] folders = Directory.GetDirectories(folder.Path);
        Array.ForEach(folders, path => Directory.SetLastAccessTimeUtc(path, before));
        action();
        return folders.Count(path => Directory.GetLastAccessTimeUtc(path) != before);
    }
}
