using System.Text;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Settings;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Runs the programs of this machine that say something about themselves.</summary>
internal static class ProgramSearch
{
    private static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(2);

    /// <summary>What a program on PATH prints, without the blanks around it; null when there is none, or when it fails or is late.</summary>
    public static string? Ask(string program, params string[] arguments) =>
        Find(program) is { } path ? AskAt(path, [program, .. arguments]) : null;

    /// <summary>What a program on PATH prints when it says it on standard error; null as for <see cref="Ask"/>.</summary>
    public static string? AskError(string program, string argument) =>
        Find(program) is { } path ? AskAt("/bin/sh", ["sh", "-c", "exec \"$0\" \"$1\" 2>&1", path, argument]) : null;

    /// <summary>What a program at a path prints, without the blanks around it; null when it fails or is late.</summary>
    /// <param name="arguments">Its name first.</param>
    public static string? AskAt(string path, string[] arguments) =>
        Subprocess.Run(path, arguments, RunTimeout) is { } output ? Encoding.UTF8.GetString(output).Trim() : null;

    private static string? Find(string program) => SearchPath.Find(program, Surroundings.Variable("PATH") ?? SearchPath.Usual);
}
