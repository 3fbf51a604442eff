using Fairlead.Files;

namespace Fairlead.Setup;

/// <summary>What is to be done about systemd.</summary>
internal static class UnitSteps
{
    private const string Linger = "'loginctl enable-linger' keeps your systemd running between your logins, and fairlead with it: a session that you leave detached may need it.";

    private static readonly string[] Names = [UnitText.SocketUnit, UnitText.ServiceUnit];

    public static IEnumerable<string> Files(SetupFacts facts) => Names.Select(name => $"{facts.Units}/{name}");

    /// <summary>There must be a socket.</summary>
    public static SetupSection Add(SetupFacts facts)
    {
        List<SetupStep> steps = [.. Names.Select(name => Write(facts, name))];
        if (facts.SystemdRuns && !facts.SystemdListens)
        {
            steps.Add(new SetupStep(SetupAction.Listen, UnitText.SocketUnit, $"systemctl --user enable --now {UnitText.SocketUnit}"));
        }
        else if (facts.SystemdRuns && steps.Any(step => step.Action != SetupAction.Nothing))
        {
            steps.Add(new SetupStep(SetupAction.Reload, UnitText.SocketUnit, "systemctl --user daemon-reload"));
        }

        return new SetupSection("Will have your systemd listen at the socket and start the daemon for its first client", steps);
    }

    public static IEnumerable<string> Notes(SetupFacts facts) => facts.SystemdRuns
        ? [Linger]
        :
        [
            "Your systemd is not running here. In a login where it is, type:",
            $"  '{facts.Program}' stop; systemctl --user daemon-reload && systemctl --user enable --now {UnitText.SocketUnit}",
            Linger,
        ];

    /// <summary>systemd first: it would start the daemon again.</summary>
    public static SetupSection Remove(SetupFacts facts)
    {
        List<SetupStep> steps = [.. Files(facts).Where(facts.Files.ContainsKey).Select(path => new SetupStep(SetupAction.Remove, path, path) { EmptyFolders = facts.Paths.Home })];
        if (facts.SystemdRuns && steps.Count > 0)
        {
            steps.Insert(0, new SetupStep(SetupAction.Disable, UnitText.SocketUnit, $"systemctl --user disable --now {string.Join(' ', Names)}"));
            steps.Add(new SetupStep(SetupAction.Reload, UnitText.SocketUnit, "systemctl --user daemon-reload"));
        }

        return new SetupSection("Will disable and remove the systemd units, and stop the daemon that they started", steps);
    }

    private static SetupStep Write(SetupFacts facts, string name)
    {
        string path = $"{facts.Units}/{name}";
        string text = ByteText.Of(UnitText.Of(name, facts.Socket!, facts.Control!, facts.Program));
        string? before = facts.Files.GetValueOrDefault(path)?.Text;
        return before == text
            ? new SetupStep(SetupAction.Nothing, path, $"{path} is unchanged")
            : new SetupStep(SetupAction.Write, path, path) { Before = before, Content = text };
    }
}
