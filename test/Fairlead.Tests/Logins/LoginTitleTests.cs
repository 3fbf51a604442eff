using CsCheck;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Logins;

public sealed class LoginTitleTests
{
    private static readonly string[] Prefixes = ["", "sshd: ", "sshd-session: "];

    [Theory]
    [InlineData("sshd: al@pts/0", "al", "pts/0")] // OpenSSH 9.2
    [InlineData("sshd: al@pts/0,pts/1", "al", "pts/0", "pts/1")]
    [InlineData("sshd: al@notty", "al")]
    [InlineData("sshd-session: al@pts/3", "al", "pts/3")] // 9.8 and later
    [InlineData("sshd-session: al@pts/3,pts/4,pts/10", "al", "pts/3", "pts/4", "pts/10")]
    [InlineData("sshd-session: al@notty", "al")]
    [InlineData("sshd: al@example.org@pts/0", "al@example.org", "pts/0")]
    [InlineData("sshd-session: al@example.org@notty", "al@example.org")]
    [InlineData("sshd: DOMAIN\\al@pts/0", "DOMAIN\\al", "pts/0")]
    [InlineData("sshd: al@pts/0   ", "al", "pts/0")] // what is left of the longer command line
    public void A_session_process_names_its_user_and_terminals(string commandLine, string user, params string[] terminals)
    {
        LoginTitle? title = LoginTitle.Parse(commandLine);
        Assert.Equal(user, title?.User);
        Assert.Equal(terminals, title?.Terminals);
    }

    [Theory]
    [InlineData("sshd: al@internal-sftp")] // a child of the session process, whose own title is that of the login
    [InlineData("sshd-session: al@internal-sftp")]
    [InlineData("sshd: al [priv]")]
    [InlineData("sshd-session: al [priv]")]
    [InlineData("sshd-session: al@example.org [priv]")]
    [InlineData("sshd: al [net]")]
    [InlineData("sshd: [net]")]
    [InlineData("sshd-auth: al [net]")]
    [InlineData("sshd: unknown [priv]")]
    [InlineData("sshd: [accepted]")]
    [InlineData("sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups")]
    [InlineData("sshd: /usr/sbin/sshd -f /home/al@work/sshd_config [listener] 0 of 10-100 startups")]
    [InlineData("sshd: al")]
    [InlineData("sshd: @pts/0")]
    [InlineData("sshd: ")]
    [InlineData("sshd:")]
    [InlineData("/usr/sbin/sshd")]
    [InlineData("ssh: al@pts/0")]
    [InlineData("vi sshd: al@pts/0")]
    [InlineData("-bash")]
    [InlineData("")]
    public void Every_other_process_is_no_login(string commandLine) => Assert.Null(LoginTitle.Parse(commandLine));

    [Fact]
    public void Arbitrary_titles_never_throw()
        => Gen.Select(Gen.Int[0, 2].Select(number => Prefixes[number]), Gen.String[Gen.Char[" @,/[]\0apts0"], 0, 30])
            .Sample((prefix, rest) =>
            {
                LoginTitle? title = LoginTitle.Parse(prefix + rest);
                Assert.True(title is null || title.User.Length > 0);
                Assert.DoesNotContain("", title?.Terminals ?? []);
            });

    [Fact]
    public void What_sshd_writes_is_read() =>
        Gen.Select(
            Noise.OneOf("sshd: ", "sshd-session: "),
            Gen.String[Gen.Char["al@.\\-_"], 1, 12],
            Gen.Int[0, 2000].Select(number => $"pts/{number}").Array[0, 5])
            .Sample((prefix, user, terminals) =>
            {
                LoginTitle? title = LoginTitle.Parse($"{prefix}{user}@{(terminals.Length == 0 ? "notty" : string.Join(',', terminals))}");
                Assert.Equal(user, title?.User);
                Assert.Equal(terminals, title?.Terminals);
            });
}
