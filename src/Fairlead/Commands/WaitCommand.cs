using System.CommandLine;
using Fairlead.Client;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary><c>fairlead wait</c>: until an agent answers the shell that asks. Silent on success.</summary>
internal static class WaitCommand
{
    public static Command Create()
    {
        Option<TimeSpan?> timeout = TimeOption.Create("--timeout", "give up after this time, such as 90s, 5m or 8h");
        var command = new DocumentedCommand(
            "wait",
            "wait until an agent answers here",
            new Example("fairlead wait && git push", "as soon as you log in with 'ssh -A'"),
            new Example("make && fairlead wait && ssh web01", "at the end of a long run"),
            new Example("fairlead wait --timeout 8h", "until tomorrow morning"))
        {
            Notes =
            [
                "It waits for an agent that would answer this shell and that has a key. While an",
                "agent without keys answers, it says so once and asks again every 3 seconds, so",
                "that ssh-add on the laptop ends the wait. Exit code 1: the time is up. Wait",
                "before ssh, not in it: servers allow two minutes for a login.",
            ],
        };
        command.Add(timeout);
        command.SetAction(parse => Run(parse.GetValue(timeout), parse.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(TimeSpan? timeout, TextWriter error) => AgentWait.Run(CommandContext.Read(), timeout, error)?.WriteTo(error) ?? ExitCode.Done;
}
