using Fairlead.Core.Logins;

namespace Fairlead.Tests.Logins;

/// <summary>Whose environment speaks for a login: that of a process directly below its session process, and no other.</summary>
public sealed class LoginEnvironmentTests : IDisposable
{
    /// <summary>A session process and those below it, one in the other: each has the next argument as its SSH_CONNECTION. The lowest tells its pid and its parent's.</summary>
    private const string Script = """
        my ($program, @values) = @ARGV;
        my $value = shift @values;
        if (fork) { wait; exit }
        $ENV{SSH_CONNECTION} = $value if length $value;
        $ENV{DISPLAY} = "of $value";
        exec '/usr/bin/perl', '-e', '$| = 1;' . $program, $program, @values if @values;
        exec '/usr/bin/perl', '-e', '$| = 1; print "$$ " . getppid() . "\n"; <STDIN>;';
        """;

    private readonly List<Puppet> puppets = [];

    public void Dispose() => puppets.ForEach(puppet => puppet.Dispose());

    [Fact]
    public void A_process_directly_below_the_session_is_read()
    {
        (Puppet session, int shell, _) = Start("192.0.2.1 1 x 22");

        LoginEnvironment? read = LoginEnvironment.Read(new ViewingLogin(session.Pid, "", 0));

        Assert.Equal(session.Pid, read?.LoginPid);
        Assert.Equal("192.0.2.1 1 x 22", read?.ValueOf("SSH_CONNECTION"));
        Assert.Equal("of 192.0.2.1 1 x 22", read?.ValueOf("DISPLAY"));
        Assert.Equal(read?.Entries, LoginEnvironment.Read(new ViewingLogin(session.Pid, "", shell))?.Entries);
    }

    /// <summary>Linux takes no string that is longer than 128 KiB.</summary>
    [Fact]
    public void It_is_found_behind_a_hundred_kilobytes_and_is_as_long_itself()
    {
        string connection = "192.0.2.1 1 x " + new string('2', 100_000);
        (Puppet session, _, _) = Start(connection);

        LoginEnvironment? read = LoginEnvironment.Read(new ViewingLogin(session.Pid, "", 0));

        Assert.Equal(connection, read?.ValueOf("SSH_CONNECTION"));
        Assert.Equal($"of {connection}", read?.ValueOf("DISPLAY"));
    }

    [Fact]
    public void What_is_further_down_may_have_been_changed_and_is_not_read()
    {
        (Puppet session, int shell, int parent) = Start("192.0.2.1 1 x 22", "192.0.2.99 1 x 22");
        Assert.NotEqual(session.Pid, parent);
        Assert.NotEqual(shell, parent);

        Assert.Equal("192.0.2.1 1 x 22", LoginEnvironment.Read(new ViewingLogin(session.Pid, "", 0))?.ValueOf("SSH_CONNECTION"));
    }

    [Fact]
    public void Without_a_connection_it_is_no_login()
    {
        (Puppet session, _, _) = Start("");

        Assert.Null(LoginEnvironment.Read(new ViewingLogin(session.Pid, "", 0)));
    }

    [Fact]
    public void One_of_another_terminal_does_not_speak_for_this_one()
    {
        (Puppet session, _, _) = Start("192.0.2.1 1 x 22");

        Assert.Null(LoginEnvironment.Read(new ViewingLogin(session.Pid, "pts/999999", 0)));
    }

    [Fact]
    public void A_login_that_is_gone_has_none() => Assert.Null(LoginEnvironment.Read(new ViewingLogin(int.MaxValue, "", 0)));

    /// <returns>The session process, the lowest process below it, and that one's parent.</returns>
    private (Puppet Session, int Lowest, int Parent) Start(params string[] values)
    {
        var puppet = Puppet.Start(Script, [Script, .. values], []);
        puppets.Add(puppet);
        int[] said = [.. puppet.Hear()!.Split(' ').Select(int.Parse)];
        return (puppet, said[0], said[1]);
    }
}
