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
