using Fairlead.Launch;

namespace Fairlead.Shell;

/// <summary>What <c>fairlead init</c> calls a shell.</summary>
internal static class ShellName
{
    private const string Plain = "sh";

    /// <param name="program">The name of a process or of its program; that of a login shell begins with "-".</param>
    /// <returns>Null for anything that is no shell.</returns>
    public static string? Of(string program)
    {
        string name = Path.GetFileName(program.TrimStart('-'));
        return name switch
        {
            "dash" or "ash" => Plain,
            "mksh" or "oksh" or "ksh93" => "ksh",
            _ => ShellKind.Find(name)?.Name,
        };
    }

    /// <summary>The shell that a person types in: scripts of sh may stand between.</summary>
    /// <param name="loginShell">SHELL.</param>
    public static string Nearest(Ancestry ancestry, string? loginShell) =>
        ancestry.Processes.Select(process => Of(process.Command)).FirstOrDefault(name => name is not null and not Plain)
        ?? Of(loginShell ?? "")
        ?? Plain;
}
