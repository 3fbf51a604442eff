using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>
/// <c>ssh -t gateway tmux attach</c> runs no interactive and no login shell: where the line stands in a file that only those read,
/// nobody tells fairlead of the second login.
/// </summary>
public class AttachWithoutRcFileTests
{
    [Theory]
    [InlineData(ShellKind.Bash, ".bash_profile", MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Bash, ".bash_profile", MultiplexerKind.Screen)]
    [InlineData(ShellKind.Zsh, ".zshrc", MultiplexerKind.Tmux)]
    [InlineData(ShellKind.Zsh, ".zprofile", MultiplexerKind.Screen)]
    public async Task The_second_login_is_found_without_being_told(ShellKind shell, string rcFile, MultiplexerKind kind)
    {
        await using Stage stage = await Stage.Raise(shell, rcFile: rcFile);
        Laptop work = await stage.AddLaptop("work");
        Laptop home = await stage.AddLaptop("home");
        var multiplexer = Multiplexer.Of(kind);
        Login desk = await work.LogIn();
        await desk.Start(multiplexer);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await desk.Detach(multiplexer);
        await desk.LogOut();

        Login sofa = await home.LogInTo(multiplexer.Reattach);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());

        await sofa.Detach(multiplexer);
        await sofa.IsBackOnLaptop();
    }
}
