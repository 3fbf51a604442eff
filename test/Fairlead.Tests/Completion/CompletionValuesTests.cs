using Fairlead.Commands;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Completion;

/// <summary>What the completions are told when they ask.</summary>
public sealed class CompletionValuesTests
{
    [Fact]
    public void An_agent_of_a_login_is_called_by_its_address_and_its_terminals()
    {
        StatusReport report = Status(
            [Agent("203.0.113.7 (pts/3)", "live", 4242), Agent("keychain", "unknown", null), Agent("/tmp/ssh-x/agent.1", "dead", null)],
            [new LoginReport { Pid = 4242, User = "al", From = "203.0.113.7", Terminals = [new TerminalReport { Device = "pts/3" }] }]);

        Assert.Equal(
            [("203.0.113.7", "the login on pts/3"), ("pts/3", "203.0.113.7 (pts/3)"), ("keychain", "local")],
            CompletionValues.Agents(report));
    }

    [Fact]
    public void An_address_of_two_logins_is_offered_once()
    {
        StatusReport report = Status(
            [Agent("203.0.113.7 (login 1)", "live", 1), Agent("203.0.113.7 (login 2)", "stalled", 2)],
            [
                new LoginReport { Pid = 1, User = "al", From = "203.0.113.7", Terminals = [] },
                new LoginReport { Pid = 2, User = "al", From = "203.0.113.7", Terminals = [] },
            ]);

        Assert.Equal([("203.0.113.7", "the login on no terminal")], CompletionValues.Agents(report));
    }

    [Fact]
    public void Processes_are_the_person_s_own_with_their_names()
    {
        using var other = System.Diagnostics.Process.Start("sleep", "1000");
        string[] lines = CompletionValues.Of("processes").Split('\n');
        other.Kill();

        Assert.Contains($"{other.Id}\tsleep", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith($"{CurrentProcess.Pid}\t", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_that_nobody_knows_is_empty() => Assert.Equal("", CompletionValues.Of("frobnicate"));

    private static AgentReport Agent(string name, string state, int? login) => new()
    {
        Name = name,
        Socket = $"/tmp/{name}",
        Source = login is null ? "local" : "forwarded",
        State = state,
        LoginPid = login,
    };

    private static StatusReport Status(IReadOnlyList<AgentReport> agents, IReadOnlyList<LoginReport> logins) => new()
    {
        Socket = "/s",
        DaemonPid = 1,
        DaemonVersion = "1",
        Started = DateTimeOffset.UnixEpoch,
        Conversations = 0,
        Agents = agents,
        Logins = logins,
        Refused = [],
    };
}
