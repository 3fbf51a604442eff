using Fairlead.Client;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class SetUpTraceTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Surroundings al;

    public SetUpTraceTests() => al = Surroundings.Read() with { Home = folder.Make("home"), RuntimeFolder = null, ConfigHome = null, TemporaryFolder = folder.Make("tmp") };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_of_it_is_there_at_first() => Assert.False(IsThere());

    [Theory]
    [InlineData(".bashrc", "if [ -x ~/.local/bin/fairlead ]; then eval \"$(~/.local/bin/fairlead init bash)\"; fi\n", true)]
    [InlineData(".zshrc", "eval \"$(fairlead init zsh)\"\n", true)]
    [InlineData(".zshrc", "# eval \"$(fairlead init zsh)\"\n", false)]
    public void A_line_in_an_rc_file_is_a_trace(string file, string text, bool isThere)
    {
        File.WriteAllText(Path.Join(al.Home, file), text);

        Assert.Equal(isThere, IsThere());
    }

    [Fact]
    public void So_are_a_shell_that_has_the_path_and_the_files_of_a_daemon()
    {
        string socket = new CommandContext(al).OwnSockets.First();

        Assert.True(IsThere(socket));
        Directory.CreateDirectory(new CommandContext(al).Locations.States[0].Folders.Folder);
        Assert.True(IsThere());
    }

    private bool IsThere(string? agent = null) => SetUpTrace.IsThere(new CommandContext(al), name => name == "SSH_AUTH_SOCK" ? agent : null);
}
