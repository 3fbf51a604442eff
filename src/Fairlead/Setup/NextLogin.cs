using Fairlead.Core.Linux.Files;
using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>What the person's login shell has once it has read all its files: what the next login will have.</summary>
/// <param name="Path">The folders of its PATH.</param>
/// <param name="LoadsCompletions">It reads completions from the folders for them; null where that was not asked.</param>
internal sealed record NextLogin(IReadOnlyList<string> Path, bool? LoadsCompletions)
{
    /// <summary>Where it finds fairlead; null where it does not.</summary>
    public string? Finds { get; init; }

    /// <summary>What it finds is the program that runs here.</summary>
    public bool FindsThisProgram { get; init; }

    /// <param name="said">The output of <see cref="ShellKind.LoginQuestion"/>.</param>
    /// <param name="program">The absolute path of fairlead.</param>
    /// <param name="completions">The folder of the shell's completions.</param>
    /// <returns>Null when that is no answer: something else was run in place of the shell, or it ended early.</returns>
    public static NextLogin? Read(string said, string program, string? completions)
    {
        // What rc files print comes before it.
        string[] lines = said.Split('\n');
        if (Array.FindLast(lines, line => line.StartsWith("PATH=", StringComparison.Ordinal)) is not { } path)
        {
            return null;
        }

        path = path["PATH=".Length..];
        string? found = SearchPath.Find(System.IO.Path.GetFileName(program), path);
        return new NextLogin(path.Split(':'), completions is null ? null : lines.Any(line => line == $"fpath={completions}" || line.StartsWith("complete -F ", StringComparison.Ordinal)))
        {
            Finds = found,
            FindsThisProgram = found is not null && FileStatus.AreOneFile(found, program),
        };
    }
}
