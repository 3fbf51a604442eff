using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>Whether the next shell gets the path: the fairlead line, and the lines that get in its way.</summary>
internal static class RcFileCheck
{
    private const string Name = "rc file";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        if (!facts.Place.HasOwnHome)
        {
            return [];
        }

        Finding[] found = [.. MissingProgram(facts), .. Misplaced(facts), .. Unread(facts), .. Recipes(facts), .. Refreshers(facts), .. OtherAgents(facts)];
        return found.Length > 0 ? found : [Finding.Ok(Name, $"{WithLine(facts)!.Name} has the fairlead line")];
    }

    private static RcFile? WithLine(DoctorFacts facts) => facts.RcFiles.FirstOrDefault(HasLine);

    private static bool HasLine(RcFile file) => file.First(RcLineKind.Fairlead) is not null;

    private static IEnumerable<Finding> MissingProgram(DoctorFacts facts) =>
        from found in MissingLines(facts)
        let own = TypedPath.Expand(facts.Shell.Lines.Program, facts.Place.Home)
        select new Finding(
            Name,
            WithLine(facts) is null ? FindingVerdict.Problem : FindingVerdict.Warning,
            $"{found.File.Name}:{found.Line.Number} runs {found.Line.Program}, which does not exist",
            WithLine(facts) is null ? "The line does nothing. The next shell keeps the socket of its login, which goes stale." : "The line does nothing.",
            facts.Shell.Lines.Replace(found.File.Name, found.Line.Program!, own) ?? facts.Shell.Lines.Edit(found.File.Name, found.Line.Number));

    private static IEnumerable<Finding> Misplaced(DoctorFacts facts)
    {
        ShellLines lines = facts.Shell.Lines;
        if (WithLine(facts) is not { } file)
        {
            if (!MissingLines(facts).Any())
            {
                yield return Finding.Problem(
                    Name,
                    $"none of the rc files of {lines.Shell.Name} has the fairlead line",
                    "The next shell keeps the socket of its login, which goes stale.",
                    lines.AddTo(facts.RcFiles[0]));
            }
        }
        else if (file.First(RcLineKind.InteractiveOnly) is { } end && end.Number < file.First(RcLineKind.Fairlead)!.Number)
        {
            yield return Finding.Warning(
                Name,
                $"the fairlead line is below {file.Name}:{end.Number}, where shells that are not interactive stop reading",
                "'ssh host command', rsync and git over ssh never reach it, nor do the jobs that they leave behind.",
                lines.AddTo(file));
        }
    }

    /// <summary>The line is in one of two files, and some shells read only the other.</summary>
    private static IEnumerable<Finding> Unread(DoctorFacts facts)
    {
        if (MissingLines(facts).Any() || WithLine(facts) is not { } with || facts.RcFiles.FirstOrDefault(file => file.IsReadInstead) is not { } instead || HasLine(instead) == HasLine(facts.RcFiles[0]))
        {
            yield break;
        }

        yield return with.IsReadInstead
            ? Finding.Warning(
                Name,
                $"only {with.Name} has the fairlead line, and {facts.RcFiles[0].Name} does not",
                "Only login shells read it: 'ssh host command' and a pane of screen do not.",
                facts.Shell.Lines.AddTo(facts.RcFiles[0]))
            : Finding.Problem(
                Name,
                $"your login shells never read {with.Name}, which has the fairlead line",
                $"They read {instead.Name}, and that does not read {with.Name}. Such a shell keeps the socket of its login, which goes stale.",
                facts.Shell.Lines.AddTo(instead));
    }

    private static IEnumerable<Finding> Recipes(DoctorFacts facts) =>
        from found in Lines(facts, RcLineKind.SymlinkRecipe)
        select new Finding(
            Name,
            Verdict(facts),
            $"{found.File.Name}:{found.Line.Number} still makes a link to each login's agent",
            "When the newest of several logins ends, the link points to nothing. fairlead needs no such link: remove those lines.",
            facts.Shell.Lines.Edit(found.File.Name, found.Line.Number));

    private static IEnumerable<Finding> Refreshers(DoctorFacts facts) =>
        from found in Lines(facts, RcLineKind.Refresher)
        select Finding.Warning(
            Name,
            $"{found.File.Name}:{found.Line.Number} changes SSH_AUTH_SOCK when a function, an alias or a hook runs",
            "After that, the shell may no longer use fairlead. Remove it: fairlead's socket never changes.",
            facts.Shell.Lines.Edit(found.File.Name, found.Line.Number));

    private static IEnumerable<Finding> OtherAgents(DoctorFacts facts)
    {
        bool isBelow = false;
        foreach (RcFile file in facts.RcFiles)
        {
            foreach (RcLine line in file.Lines)
            {
                isBelow |= line.Kind == RcLineKind.Fairlead;
                if (isBelow && line.Kind == RcLineKind.OtherAgent)
                {
                    yield return new Finding(
                        Name,
                        Verdict(facts),
                        $"{file.Name}:{line.Number} changes SSH_AUTH_SOCK after the fairlead line",
                        "The later line wins. If you want fairlead to answer, remove it.",
                        facts.Shell.Lines.Edit(file.Name, line.Number));
                }
            }
        }
    }

    /// <summary>Beside a line that works, one for another machine that shares the home may well name a program that is not here.</summary>
    private static IEnumerable<(RcFile File, RcLine Line)> MissingLines(DoctorFacts facts) =>
        Lines(facts, RcLineKind.MissingFairlead).Where(found => !HasLine(found.File));

    private static IEnumerable<(RcFile File, RcLine Line)> Lines(DoctorFacts facts, RcLineKind kind) =>
        from file in facts.RcFiles
        from line in file.Lines
        where line.Kind == kind
        select (file, line);

    /// <summary>No harm is done yet where this shell, which has read the file, has a socket that does not go stale.</summary>
    private static FindingVerdict Verdict(DoctorFacts facts) =>
        facts.Shell.Listener is SocketOwner.Ourselves or SocketOwner.AnotherProgram ? FindingVerdict.Warning : FindingVerdict.Problem;
}
