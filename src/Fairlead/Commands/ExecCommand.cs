using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Launch;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead exec --wait TIME -- COMMAND</c>: waits for an agent, then becomes the command.</summary>
internal static class ExecCommand
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What shells end with when there is no such command.</summary>
    private const int NotFound = 127;

    /// <summary>What shells end with when it is there and cannot be run.</summary>
    private const int NotExecutable = 126;

    public static Command Create()
    {
        Option<TimeSpan?> wait = TimeOption.Create("--wait", "give up after this time, such as 90s, 5m or 8h");
        var words = new Argument<string[]>("command")
        {
            Arity = ArgumentArity.OneOrMore,
            HelpName = "COMMAND",
            Description = "the program and its arguments",
        };
        var command = new DocumentedCommand(
            "exec",
            "wait until an agent answers here, then run a command",
            new Example("fairlead exec --wait 8h -- git push", "as soon as you log in with 'ssh -A'"),
            new Example("fairlead exec -- ssh web01 deploy", "however long it takes"))
        {
            Notes =
            [
                "The command replaces fairlead, so its exit code and signals are its own.",
                "If SSH_AUTH_SOCK is unset or stale, as under cron, fairlead sets it.",
                "Exit codes: 1 the time is up, 126 the command cannot be run, 127 there is no",
                "such command. The command is looked for before the waiting begins.",
            ],
        };
        command.Add(wait);
        command.Add(words);
        command.SetAction(parse => Run(parse.GetValue(wait), parse.GetRequiredValue(words), parse.InvocationConfiguration.Error));
        return command;
    }

    /// <summary>The agent that has answered is asked through fairlead: a command that knows of no other one that lives would not find it.</summary>
    private static void LeadToFairlead(CommandContext context)
    {
        using ControlClient? daemon = context.Find(ConnectTimeout).Client;
        if (daemon is not null
            && ListenerProbe.Look(Surroundings.Variable("SSH_AUTH_SOCK"), context.OwnSockets, daemon.DaemonPid, Ancestry.Read(), context.Around)
                is not (SocketOwner.Login or SocketOwner.AnotherProgram))
        {
            _ = LibC.setenv("SSH_AUTH_SOCK", context.LocationDespiteMistake!.Socket, 1);
        }
    }

    private static int Run(TimeSpan? wait, string[] words, TextWriter error)
    {
        // Nobody wants to learn of a slip of the pen after eight hours.
        int result = ProgramReplacement.Find(words[0]);
        var context = CommandContext.Read();
        if (result >= 0 && AgentWait.Run(context, wait, error) is { } failure)
        {
            return failure.WriteTo(error);
        }

        if (result >= 0)
        {
            LeadToFairlead(context.ReadAgain());
            result = ProgramReplacement.Become(words.Length);
        }

        return new Failure(result == -Errno.ENOENT ? NotFound : NotExecutable, $"{words[0]}: {Errno.Describe(result)}", "is it the right name?").WriteTo(error);
    }
}
