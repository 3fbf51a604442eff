using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Release;

/// <summary>When release.sh makes nothing.</summary>
public sealed class ReleaseScriptTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fl-").FullName;

    [Fact]
    public async Task Changes_that_no_commit_has_are_in_no_release()
    {
        string clone = await Clone();
        await File.WriteAllTextAsync($"{clone}/forgotten", "");

        Finished finished = await Invocation.Of($"{clone}/release.sh", "--binary", FairleadBinary.Existing).Run();

        Assert.Equal((1, ""), (finished.ExitCode, finished.Output));
        Assert.StartsWith("fairlead: there are changes that no commit has\nhint: ", finished.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists($"{clone}/artifacts"));
    }

    [Theory]
    [InlineData("/bin/true", "fairlead: the binary is 'true (GNU coreutils)")]
    [InlineData("/bin/sh", "fairlead: the binary is ''")]
    public async Task A_release_that_fails_leaves_the_one_before(string binary, string message)
    {
        string clone = await Clone();
        Directory.CreateDirectory($"{folder}/out/release");
        await File.WriteAllTextAsync($"{folder}/out/release/SHA256SUMS", "of the one before\n");

        Finished finished = await Invocation.Of($"{clone}/release.sh", "--version", "9.9.9", "--binary", binary, "--output", $"{folder}/out/release").Run();

        Assert.Equal(1, finished.ExitCode);
        Assert.StartsWith(message, finished.Error, StringComparison.Ordinal);
        Assert.Equal([$"{folder}/out/release"], Directory.GetFileSystemEntries($"{folder}/out"));
        Assert.Equal("of the one before\n", await File.ReadAllTextAsync($"{folder}/out/release/SHA256SUMS"));
    }

    [Fact]
    public async Task A_folder_that_is_no_release_is_not_replaced()
    {
        string letter = $"{Directory.CreateDirectory($"{folder}/mine").FullName}/letter";
        await File.WriteAllTextAsync(letter, "dear friend\n");

        Finished finished = await Invocation.Of(ReleaseFolder.Repository("release.sh"), "--dirty", "--binary", FairleadBinary.Existing, "--output", $"{folder}/mine/").Run();

        Assert.Equal(1, finished.ExitCode);
        Assert.StartsWith($"fairlead: {folder}/mine holds something else than a release: letter\n", finished.Error, StringComparison.Ordinal);
        Assert.Equal([letter], Directory.GetFileSystemEntries($"{folder}/mine"));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--nonsense")]
    public async Task What_it_does_not_understand_it_says(string option)
    {
        Finished finished = await Invocation.Of(ReleaseFolder.Repository("release.sh"), option).Run();
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("hint: ./release.sh --help", finished.Error, StringComparison.Ordinal);
    }

    private async Task<string> Clone()
    {
        (await Invocation.Of("git", "clone", "--quiet", "--no-hardlinks", ReleaseFolder.Repository(""), $"{folder}/clone").Run()).Succeeded();
        return $"{folder}/clone";
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
