using System.CommandLine;
using Fairlead.Client;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Setup;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead setup</c>: the plan first, then a question, then the work.</summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        var undo = new Option<bool>("--undo") { Description = "take lines, units and links away again" };
        var systemd = new Option<bool>("--systemd") { Description = "let your systemd listen, and start the daemon" };
        var link = new Option<string>("--link") { HelpName = "PATH", Description = "make PATH, a link until now, lead to fairlead's socket" };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new DocumentedCommand(
            "setup",
            "write the line into your rc files, showing its plan first",
            new Example("fairlead setup", "one line in your rc files"),
            new Example("fairlead setup --systemd", "and systemd starts the daemon"),
            new Example("fairlead setup --link ~/.ssh/ssh_auth_sock", "and panes that name it work"),
            new Example("fairlead setup --undo", "takes all of it away again"))
        {
            Notes =
            [
                "Nothing is touched before you say yes. What it writes into an rc file stands",
                "between two marks, '# >>> fairlead >>>' and '# <<< fairlead <<<'. The program",
                "stays where it is, and the daemon runs on: 'fairlead stop' ends it.",
            ],
        };
        command.Add(systemd);
        command.Add(link);
        command.Add(undo);
        command.Add(yes);
        command.Validators.Add(result =>
        {
            if (result.GetValue(undo) && result.GetValue(systemd))
            {
                result.AddError("--undo takes the units away without --systemd");
            }
        });
        command.SetAction(parse =>
        {
            var asked = new SetupRequest(parse.GetValue(undo), parse.GetValue(systemd), parse.GetValue(link), parse.GetValue(yes));
            return Run(asked, parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        });
        return command;
    }

    private static int Run(SetupRequest asked, TextWriter output, TextWriter error)
    {
        var context = CommandContext.Read();
        if (context.Around.Home is not { } home)
        {
            return new Failure(ExitCode.Failed, "HOME is not set", "log in as yourself").WriteTo(error);
        }

        if (context.HomeIsForeign)
        {
            return DaemonFailure.ForeignHome(ExitCode.Failed).WriteTo(error);
        }

        // What was set up before a mistake in the configuration can be undone after it.
        (SocketLocation? location, Failure? noPlace) = asked.Undo ? context.FindLocationDespiteMistake() : context.FindLocation();
        string? link = asked.Link is { } path ? Path.GetFullPath(TypedPath.Expand(path, home)) : null;
        SetupFacts facts = new SetupFactsReader(home, Surroundings.Variable, UserSystemd.Own).Read(OwnProgram.Path, location, noPlace, link);
        (SetupPlan? plan, Failure? failure) = asked.Undo ? (SetupPlanner.PlanUndo(facts), null) : SetupPlanner.Plan(facts, asked.WithSystemd);
        if (plan is null)
        {
            return failure!.WriteTo(error);
        }

        var work = new SetupWork(UserSystemd.Own, location, () => StopCommand.Run(context.ReadAgain(), TextWriter.Null, error), asked.Undo ? "fairlead setup --undo" : "fairlead setup");
        return Run(asked, plan, work, output, error);
    }

    private static int Run(SetupRequest asked, SetupPlan plan, SetupWork work, TextWriter output, TextWriter error)
    {
        string text = plan.ToString();
        output.Write(text.Length == 0 ? "There is nothing to undo.\n" : text);
        if (plan.ChangesSomething && !asked.Yes && !Agrees(output))
        {
            if (asked.Undo)
            {
                return new Failure(ExitCode.Failed, "nothing was removed", "fairlead setup --undo --yes").WriteTo(error);
            }

            output.Write("Nothing was changed. The lines above are all there is to it.\n");
            return ExitCode.Done;
        }

        IReadOnlyList<Failure> failures = work.Do(plan);
        foreach (Failure failed in failures)
        {
            failed.WriteTo(error);
        }

        output.Write(failures.Count == 0 && plan.ChangesSomething ? "Done.\n" : "");
        return failures.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Asks on the terminal. Nobody there means no.</summary>
    private static bool Agrees(TextWriter output)
    {
        if (TerminalSize.Columns(StandardStream.Input) is null)
        {
            return false;
        }

        output.Write("Do it? [y/N] ");
        return StandardStream.ReadLine().Trim().ToLowerInvariant() is "y" or "yes";
    }
}
