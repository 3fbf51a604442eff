using Fairlead.Core.Linux.Files;
using Fairlead.Daemon;

namespace Fairlead.Tests.Daemon;

public sealed class ProgramWatchTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FileStatus running;

    public ProgramWatchTests()
    {
        File.WriteAllText(folder["fairlead"], "the program");
        folder.Touch("fairlead", 1_000_000_000);
        running = Read();
    }

    [Fact]
    public void The_same_file_is_not_replaced_whatever_is_done_to_its_times_and_mode()
    {
        folder.Touch("fairlead", 1_500_000_000);
        File.SetUnixFileMode(folder["fairlead"], UnixFileMode.UserRead);
        Assert.False(ProgramWatch.IsReplaced(running, Read()));
    }

    [Theory]
    [InlineData("another program", 1_000_000_000, true)]
    [InlineData("a program, ", 1_500_000_000, true)]
    [InlineData("the program", 1_000_000_000, false)] // as a file system shows it that gives a file another number each time
    public void Another_file_in_its_place_differs_in_length_or_time(string content, long modified, bool isReplaced)
    {
        File.WriteAllText(folder["new"], content);
        folder.Touch("new", modified);
        File.Move(folder["new"], folder["fairlead"], overwrite: true);
        Assert.Equal(isReplaced, ProgramWatch.IsReplaced(running, Read()));
    }

    [Fact]
    public void A_folder_in_its_place_is_no_program()
    {
        File.Delete(folder["fairlead"]);
        folder.Make("fairlead");
        Assert.False(ProgramWatch.IsReplaced(running, Read()));
    }

    public void Dispose() => folder.Dispose();

    private FileStatus Read()
    {
        Assert.True(FileStatus.TryReadTarget(folder["fairlead"], out FileStatus status) >= 0);
        return status;
    }
}
