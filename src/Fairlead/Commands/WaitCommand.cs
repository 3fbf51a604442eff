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
                "It waits for an agent that would answer this shell and has a key. One without",
                "keys counts only where it is certainly yours, so that no other will come: in its",
                "own login, or in a session that it looks at. Exit code 1: the time is up.",
                "Wait before ssh, not in it: servers give a login two minutes once it has begun.",
            ],
        };
        command.Add(timeout);
        command.SetAction(parse => AgentWait.Run(CommandContext.Read(), parse.GetValue(timeout))?.WriteTo(parse.InvocationConfiguration.Error) ?? ExitCode.Done);
        return command;
    }
}
