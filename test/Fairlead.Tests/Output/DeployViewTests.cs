using Fairlead.Output;
using Fairlead.Output.Hosts;

namespace Fairlead.Tests.Output;

public sealed class DeployViewTests
{
    private static readonly OutputStyle Pipe = new(Colour: false, 100);

    public static TheoryData<string> Faults => [.. Enum.GetNames<HostFault>()];

    [Fact]
    public void The_table_is_the_one_that_was_read()
    {
        var report = new DeployReport
        {
            Hosts =
            [
                new() { Host = "gateway", State = HostState.Installed, After = "0.2.0" },
                new() { Host = "web01", State = HostState.Replaced, Before = "0.1.0", After = "0.2.0" },
                new() { Host = "web02", State = HostState.Replaced, Before = "0.2.0", After = "0.2.0" },
                new() { Host = "web03", State = HostState.Replaced, After = "0.2.0" },
                new() { Host = "web04", State = HostState.SetUp, After = "0.2.0" },
                new() { Host = "web05", State = HostState.Unchanged, After = "0.2.0" },
                new() { Host = "web06", State = HostState.Restored, After = "0.1.0" },
                new() { Host = "web07", State = HostState.Removed },
                new() { Host = "web08", State = HostState.WouldInstall, After = "0.2.0" },
                new() { Host = "web09", State = HostState.WouldReplace, Before = "0.1.0", After = "0.2.0" },
                new() { Host = "web10", State = HostState.WouldSetUp, After = "0.2.0" },
                new() { Host = "web11", State = HostState.WouldReplace, Before = "0.1.0" },
                new() { Host = "web14", State = HostState.WouldRestore, Before = "0.2.0" },
                new() { Host = "web15", State = HostState.WouldRemove, Before = "0.2.0" },
                new() { Host = "web12", State = HostState.Failed, Fault = HostFault.SetupFailed, Detail = "no place for the rc line" },
                new() { Host = "web13", State = HostState.Failed, Fault = HostFault.NotSetUp, Detail = "no place for the rc line" },
                .. Enum.GetValues<HostFault>().Select((fault, at) => new DeployedHost
                {
                    Host = $"bad{at + 1:00}", State = HostState.Failed, Fault = fault, Architecture = "aarch64", Before = "0.3.0", After = "0.2.0", Detail = "what is told of it",
                }),
            ],
        };

        Snapshot.Matches("deploy.txt", DeployView.Render(report, Pipe));
    }

    [Fact]
    public void The_plan_is_the_one_that_was_read()
    {
        Snapshot.Matches("deploy-plan.txt", DeployView.Plan(["gateway", "web01"], "0.2.0", "~/.local/bin/fairlead", "fairlead setup --systemd", Pipe));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Nothing_that_a_host_says_steers_the_terminal(string fault)
    {
        var report = new DeployReport { Hosts = [new() { Host = "h", State = HostState.Failed, Fault = Enum.Parse<HostFault>(fault), Detail = "\e]0;x\a\u202e\nmore" }] };

        Assert.DoesNotContain(DeployView.Render(report, Pipe), c => c is '\e' or '\a' or '\u202e');
    }
}
