using System.CommandLine;
using Fairlead.Client;
using Fairlead.Completion;
using Fairlead.Core.Linux.Proc;
using Fairlead.Json;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Setup;
using Fairlead.Shell;

namespace Fairlead.Commands;

/// <summary><c>fairlead setup</c>: the plan first, then a question, then the work.</summary>
internal static class SetupCommand
{
    public static Command Create(RootCommand root)
    {
        var undo = new Option<bool>("--undo") { Description = "remove all of it again, and stop the daemon" };
        var systemd = new Option<bool>("--systemd") { Description = "have your systemd listen and start the daemon" };
        var link = new Option<string>("--link") { HelpName = "PATH", Description = "make PATH a link to fairlead's socket" };
        var check = new Option<bool>("--check") { Description = "show the plan and change nothing" };
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        Option<bool> json = JsonOption.Create();
        var command = new DocumentedCommand(
            "setup",
            "set up your rc files, after showing the plan",
            new Example("fairlead setup", "add a line to your rc files"),
            new Example("fairlead setup --systemd", "also have systemd start the daemon"),
            new Example("fairlead setup --link ~/.ssh/ssh_auth_sock", "and older panes that use it work"),
            new Example("fairlead setup --check", "show what is missing"),
            new Example("fairlead setup --undo", "remove all of it again"))
        {
            Notes =
            [
                "Nothing is changed before you say yes. Its lines in an rc file stand between two",
                "marks, '# >>> fairlead >>>' and '# <<< fairlead <<<'; where your shell would not",
                "find the program, a line adds its folder to the PATH. For a program in your home",
                "it also installs the manual and the completions below ~/.local/share. --undo",
                "stops the daemon and keeps the program.",
            ],
        };
        command.Add(systemd);
        command.Add(link);
        command.Add(undo);
        command.Add(check);
        command.Add(yes);
        command.Add(json);
        command.Validators.Add(result =>
        {
            if (result.GetValue(undo) && result.GetValue(systemd))
            {
                result.AddError("--undo removes the units without --systemd");
            }
        });
        command.SetAction(parse =>
        {
            var asked = new SetupRequest(
                parse.GetValue(undo), parse.GetValue(systemd), parse.GetValue(link), parse.GetValue(yes), parse.GetValue(check), parse.GetValue(json));
            return Run(asked, CompletedCommand.Of(root), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
        });
        return command;
    }

    private static int Run(SetupRequest asked, CompletedCommand tree, TextWriter output, TextWriter error)
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
        (DaemonLocation? location, Failure? noPlace) = asked.Undo ? context.FindLocationDespiteMistake() : context.FindLocation();
        string? link = asked.Link is { } path ? Path.GetFullPath(TypedPath.Expand(path, home)) : null;
        int[] daemons = asked.Undo ? [.. DaemonSearch.List(context.Locations).Select(daemon => daemon.Pid)] : [];
        var reader = new SetupFactsReader(home, Surroundings.Variable, UserSystemd.Own);
        SetupFacts facts = reader.Read(OwnProgram.Path, location, noPlace, link, LinkLists(context), daemons, tree);
        facts = asked.Undo ? WithLeftovers(facts, context) : facts;
        (SetupPlan? plan, Failure? failure) = asked.Undo ? (SetupPlanner.PlanUndo(facts), null) : SetupPlanner.Plan(facts, asked.WithSystemd);
        if (plan is null)
        {
            return failure!.WriteTo(error);
        }

        var work = new SetupWork(UserSystemd.Own, location, () => StopCommand.Run(context.ReadAgain(), TextWriter.Null, error), Again(asked));
        return Run(asked, plan, work, () => LoginNotes.Of(reader.AskLoginShell(facts)), output, error);
    }

    /// <param name="askLogin">
    /// What a person should know of their next login. It starts their login shell, which runs the rc files: after the yes, before they have fairlead's line, and
    /// only where somebody reads it.
    /// </param>
    private static int Run(SetupRequest asked, SetupPlan plan, SetupWork work, Func<IEnumerable<string>> askLogin, TextWriter output, TextWriter error)
    {
        TextWriter told = asked.Json ? TextWriter.Null : output;
        told.Write(plan.ToString());
        bool isLeft = plan.ChangesSomething && (asked.Check || (!asked.Yes && (asked.Json || !Agreement.Ask(told))));
        string[] notes = isLeft || asked is not { Undo: false, Check: false, Json: false } ? [] : [.. askLogin()];
        IReadOnlyList<Failure> failures =
            !isLeft && !asked.Check ? work.Do(plan)
            : isLeft && asked is { Undo: true, Check: false } ? [new Failure(ExitCode.Failed, $"nothing was removed{(Agreement.CanAsk ? "" : ": there is no terminal to ask on")}", $"{Again(asked)} --yes")]
            : [.. plan.Problems];
        foreach (Failure failed in failures)
        {
            failed.WriteTo(error);
        }

        bool isComplete = !isLeft && failures.Count == 0;
        told.Write(
            isLeft && asked.Check ? $"To apply these changes: {Again(asked)}\n"
            : isLeft && !asked.Undo ? $"These changes were not applied{(Agreement.CanAsk ? "" : ": there is no terminal to ask on")}. To apply them without a question: {Again(asked)} --yes\n"
            : !isComplete ? ""
            : plan.ChangesSomething ? "Done.\n"
            : asked.Undo ? "There is nothing to undo.\n"
            : "Everything is in place already.\n");
        told.Write(string.Concat(notes.Select(note => $"{PlainText.Of(note)}\n")));
        if (asked.Json)
        {
            StandardWriter.WriteForProgram(output, JsonLine.Of(Report(plan, work.HasChangedSomething, isComplete, failures), SetupJson.Default.SetupReport));
        }

        return isComplete ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Again(SetupRequest asked) => string.Concat(
        TypedProgram.Typed, " setup", asked.Undo ? " --undo" : "", asked.WithSystemd ? " --systemd" : "", asked.Link is { } link ? $" --link {TypedPath.Of(link, "/")}" : "");

    private static SetupReport Report(SetupPlan plan, bool hasChanged, bool isComplete, IReadOnlyList<Failure> failures) => new()
    {
        Changed = hasChanged,
        Complete = isComplete,
        Steps = [.. plan.Steps.Select(step => new SetupStepReport(step.Action.ToString().ToLowerInvariant(), step.Path))],
        Notes = plan.Notes,
        Problems = [.. failures.Select(failure => new SetupProblemReport(failure.Message, failure.Hint))],
    };

    private static SetupFacts WithLeftovers(SetupFacts facts, CommandContext context) => facts with
    {
        DaemonFiles = DaemonFiles.Find(StatesOf(context), context.OwnSockets.Select(context.Locations.SocketAt)),
        Configuration = ConfigurationFile.PathIn(context.Around) is { } file && File.Exists(file) ? file : null,
    };

    private static IReadOnlyList<string> LinkLists(CommandContext context) => [.. StatesOf(context).Select(state => state.Links).Distinct()];

    /// <summary>Where daemons of this host have, or had, their files.</summary>
    private static IEnumerable<StateLocation> StatesOf(CommandContext context) =>
        context.Locations.States.Concat(context.Locations.FormerStates)
            .Concat(context.LocationDespiteMistake is { } here ? [here.State] : Array.Empty<StateLocation>());
}
