using System.Collections;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Launch;

/// <summary>What this daemon was started as, so that another can be started in its place. Read at the start: the file may be another one later.</summary>
/// <remarks>
/// The program is never one that a client names: the folder of the sockets may be mounted into containers, and who is inside must not choose what runs
/// outside.
/// </remarks>
/// <param name="Path">Of the executable.</param>
/// <param name="Arguments">With absolute paths: the next daemon starts in /.</param>
/// <param name="Environment">NAME=value each.</param>
internal sealed record DaemonProgram(string Path, string[] Arguments, string[] Environment)
{
    /// <param name="options">What follows <c>fairlead daemon</c>.</param>
    public static DaemonProgram Read(IEnumerable<string> options)
    {
        IEnumerable<KeyValuePair<string, string>> variables = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
        return new DaemonProgram(OwnProgram.Path, ["fairlead", "daemon", .. options], DaemonEnvironment.From(variables));
    }
}
