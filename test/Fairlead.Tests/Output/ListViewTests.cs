using Fairlead.Core.Control;
using Fairlead.Output;
using Fairlead.Output.Overview;

namespace Fairlead.Tests.Output;

public sealed class ListViewTests
{
    [Fact]
    public void Keys_stand_below_their_agent()
    {
        var report = new ListReport
        {
            Agents =
            [
                new AgentKeysReport
                {
                    Agent = "laptop 203.0.113.7",
                    Answered = true,
                    Keys =
                    [
                        Key("ssh-ed25519", "SHA256:NszPT7EjtJGdoGvlIKHJOLbPsqEqdLVJCb8vBJ1kWvM", "al@laptop"),
                        Key("ecdsa-sha2-nistp256", "SHA256:B7YDHhOGYMWgKxHOdYT54WYmHVCkHTrwmCJrYMqMnrQ", "evil \u001b[31mcomment"),
                    ],
                },
                new AgentKeysReport { Agent = "keychain", Answered = true, Keys = [] },
                new AgentKeysReport { Agent = "work 198.51.100.4", Answered = false, Keys = [] },
            ],
        };

        Snapshot.Matches("list.txt", ListView.Render(report, new OutputStyle(Colour: false, Width: 200)));
    }

    /// <summary>Eight windows on one laptop are eight agents with the same keys.</summary>
    [Fact]
    public void Keys_of_a_laptop_with_several_logins_stand_there_once()
    {
        AgentKeysReport[] windows =
        [
            .. Enumerable.Range(1, 8).Select(window => new AgentKeysReport
            {
                Agent = $"home (pts/{window})", Laptop = "home", Answered = window > 1, Keys = window > 1 ? [Key("ssh-ed25519", "SHA256:abc", "al@home")] : [],
            }),
        ];

        Assert.Equal(
            "home, 8 logins: 1 did not answer\n  ssh-ed25519  SHA256:abc  al@home\n",
            ListView.Render(new ListReport { Agents = windows }, new OutputStyle(Colour: false, Width: 80)));
    }

    [Fact]
    public void Of_a_laptop_with_an_empty_and_a_silent_agent_both_are_said()
    {
        AgentKeysReport[] windows =
        [
            new AgentKeysReport { Agent = "home (pts/1)", Laptop = "home", Answered = true, Keys = [] },
            new AgentKeysReport { Agent = "home (pts/2)", Laptop = "home", Answered = false, Keys = [] },
        ];

        Assert.Equal("home, 2 logins: no keys, 1 did not answer\n", ListView.Render(new ListReport { Agents = windows }, new OutputStyle(Colour: false, Width: 80)));
    }

    [Fact]
    public void Without_any_agent_it_says_so() =>
        Assert.Equal(
            "no agents: none of your logins forwards one, and none is configured\n",
            ListView.Render(new ListReport { Agents = [] }, new OutputStyle(Colour: false, Width: 80)));

    private static KeyReport Key(string type, string fingerprint, string comment) =>
        new() { Type = type, Fingerprint = fingerprint, Comment = comment };
}
