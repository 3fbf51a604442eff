using CsCheck;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Tests.Agents;

namespace Fairlead.Tests.Linux.Files;

public sealed class OpenDirectoryTests
{
    [Fact]
    public void Whatever_names_are_in_a_folder_those_with_the_prefix_are_found() =>
        Gen.String[Gen.Char["ssh-\n .\u00e9"], 1, 8].Array[0, 12].Sample(
            drafts =>
            {
                using var folder = new TempFolder();
                string[] names = [.. drafts.Where(name => name is not ("." or "..")).Distinct()];
                Array.ForEach(names, name => File.WriteAllText(folder[name], ""));
                Assert.Equal(0, OpenDirectory.TryOpen(folder.Path, out OpenDirectory? opened));
                using OpenDirectory directory = opened!;

                List<DirectoryEntry> entries = directory.EntriesWith("ss"u8);

                Assert.Equal(names.Where(name => name.StartsWith("ss", StringComparison.Ordinal)).Order(), entries.Select(entry => entry.Name).Order());
                Assert.All(entries, entry =>
                {
                    Assert.True(FileStatus.TryRead(folder[entry.Name], out FileStatus status) >= 0);
                    Assert.Equal(status.Identity.Inode, entry.Inode);
                });
            },
            iter: 30);

    [Fact]
    public void It_is_read_on_where_somebody_has_had_enough()
    {
        using var folder = new TempFolder();
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"n{i:d3}")];
        Array.ForEach(names, name => File.WriteAllText(folder[name], ""));
        Assert.Equal(0, OpenDirectory.TryOpen(folder.Path, out OpenDirectory? opened));
        using OpenDirectory directory = opened!;
        var read = new List<string>();
        int slices = 1;
        while (!directory.ReadEach("n"u8, (name, _) => read.Add(name.ToString()), _ => true))
        {
            slices++;
        }

        Assert.Equal(names, read.Order());
        Assert.InRange(slices, 3, 100);
    }

    [Fact]
    public void Of_a_folder_that_others_may_fill_their_entries_are_left_out()
    {
        using var folder = new TempFolder();
        Ownership.Give(folder.Make("S-theirs"), 4242);
        folder.Make("S-mine");
        Assert.Equal([folder["S-mine"]], OpenDirectory.PathsIn(folder.Path, "S-"u8, CurrentProcess.Uid));
        Assert.Equal(2, OpenDirectory.PathsIn(folder.Path, "S-"u8).Length);
    }

    [Fact]
    public void The_longest_name_is_read_whole_and_one_that_is_no_text_harms_none()
    {
        using var folder = new TempFolder();
        string longest = new('n', 255);
        File.WriteAllText(folder[longest], "");
        Shell($"touch \"$(printf '{folder["n"]}\\377\\376')\"");

        Assert.Equal(0, OpenDirectory.TryOpen(folder.Path, out OpenDirectory? opened));
        using OpenDirectory directory = opened!;
        Assert.Equal([longest, "n\ufffd\ufffd"], directory.EntriesWith("n"u8).Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Shell($"rm {folder["n"]}*");
    }

    /// <summary>.NET can neither make nor remove a file whose name is no text.</summary>
    private static void Shell(string command)
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
