using Fairlead.Core.Linux.Files;
using Fairlead.Location;
using Fairlead.Tests.StalePaths;

namespace Fairlead.Tests.Location;

/// <summary>The file that prompt hooks read.</summary>
public sealed class RefreshStampTests : IDisposable
{
    private const int ENOENT = 2;
    private const int EEXIST = 17;
    private const int ELOOP = 40;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly RefreshStamp moved;

    public RefreshStampTests() => moved = new RefreshStamp(Path);

    private string Path => folder["host.moved"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Where_nobody_asked_for_it_a_change_makes_none()
    {
        Assert.Equal(-ENOENT, moved.Change(Noon));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void It_is_made_once_and_is_the_owner_s_alone()
    {
        Assert.Equal(0, moved.Create());
        Assert.Equal(FilePermissions.OwnersReadAndWrite, OldPathScene.StatusOf(Path).Permissions);
        Assert.Equal(0, moved.Change(Noon));
        string changed = File.ReadAllText(Path);

        Assert.Equal(-EEXIST, moved.Create());
        Assert.Equal(changed, File.ReadAllText(Path));
    }

    [Fact]
    public void Each_change_leaves_one_other_line_of_the_same_length()
    {
        Assert.Equal(0, moved.Create());
        string[] contents = [File.ReadAllText(Path), Changed(Noon), Changed(Noon.AddTicks(1)), Changed(DateTimeOffset.MaxValue)];

        Assert.Equal(4, contents.Distinct().Count());
        Assert.All(contents, content => Assert.Matches(@"\A\d{19}\n\z", content));
    }

    [Fact]
    public void A_link_in_its_place_leads_nowhere()
    {
        File.WriteAllText(folder["other"], "mine");
        File.CreateSymbolicLink(Path, folder["other"]);

        Assert.Equal(-ELOOP, moved.Change(Noon));
        Assert.Equal("mine", File.ReadAllText(folder["other"]));
    }

    private string Changed(DateTimeOffset now)
    {
        Assert.Equal(0, moved.Change(now));
        return File.ReadAllText(Path);
    }
}
