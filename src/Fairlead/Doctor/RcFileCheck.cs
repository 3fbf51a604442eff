using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Whether the next shell gets the path: the rc line, and what stands in its way.</summary>
internal static class RcFileCheck
{
    private const string Name = "rc file";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        if (!facts.Place.HasOwnHome)
        {
            return [];
        }

        Finding[] found = [.. Misplaced(facts), .. Recipes(facts), .. OtherAgents(facts)];
        return found.Length > 0 ? found : [Finding.Ok(Name, $"{WithLine(facts)!.Name} has the line")];
    }

    private static RcFile? WithLine(DoctorFacts facts) => facts.RcFiles.FirstOrDefault(file => file.First(RcLineKind.Fairlead) is not null);

    private static IEnumerable<Finding> Misplaced(DoctorFacts facts)
    {
        ShellLines lines = facts.Shell.Lines;
        if (WithLine(facts) is not { } file)
        {
            yield return Finding.Problem(
                Name, $"no rc file of {lines.Shell.Name} has the fairlead line", "The next shell keeps the socket of its login, which goes stale.", lines.AddTo(facts.RcFiles[0]));
        }
        else if (file.First(RcLineKind.InteractiveOnly) is { } end && end.Number < file.First(RcLineKind.Fairlead)!.Number)
        {
            yield return Finding.Warning(
                Name,
                $"the fairlead line stands below {file.Name}:{end.Number}, where shells that are not interactive stop reading",
                "'ssh host command', rsync and git over ssh never reach it, nor do the jobs that they leave behind.",
                lines.AddTo(file));
        }
    }

    private static IEnumerable<Finding> Recipes(DoctorFacts facts)
    {
        foreach (RcFile file in facts.RcFiles)
        {
            foreach (RcLine line in file.Lines.Where(line => line.Kind == RcLineKind.SymlinkRecipe))
            {
                yield return new Finding(
                    Name,
                    IsHarmless(facts) ? FindingVerdict.Warning : FindingVerdict.Problem,
                    $"{file.Name}:{line.Number} still makes a link to each login's agent",
                    "The link dangles as soon as one of two logins ends. fairlead needs no such link: take those lines out.",
                    facts.Shell.Lines.Edit(file.Name, line.Number));
            }
        }
    }

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
                        IsHarmless(facts) ? FindingVerdict.Warning : FindingVerdict.Problem,
                        $"{file.Name}:{line.Number} sets SSH_AUTH_SOCK after the fairlead line",
                        "The last one wins. If fairlead is to answer, take that line out.",
                        facts.Shell.Lines.Edit(file.Name, line.Number));
                }
            }
        }
    }

    /// <summary>This shell, which has read the file, has a socket that stays.</summary>
    private static bool IsHarmless(DoctorFacts facts) => facts.Shell.Listener is SocketOwner.Ourselves or SocketOwner.AnotherProgram;
}
