using System.Collections;
using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Settings;

/// <summary>The person's editor, found and started as git does it.</summary>
internal static class EditorProgram
{
    /// <summary>Debian's own choice comes first.</summary>
    private static readonly string[] Usual = ["editor", "nano", "vi"];

    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    /// <returns>A command of sh, which may have arguments ("code --wait"); null where there is no editor.</returns>
    public static string? Find(Func<string, string?> variable) =>
        variable("VISUAL") ?? variable("EDITOR") ?? Array.Find(Usual, name => ProgramReplacement.Find(name) == 0);

    /// <summary>Runs it on a file, at the terminal of this process, and waits for its end. Ctrl-C is for the editor alone.</summary>
    /// <returns>Its exit status; -1 when it could not be started or a signal ended it.</returns>
    public static int Run(string editor, string file)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true);
        string[] environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}")];
        if (PassedDescriptors.TryCopy([StandardStream.Input, StandardStream.Output, StandardStream.Error], out PassedDescriptors? streams) < 0)
        {
            return -1;
        }

        using (streams)
        {
            int pid = ChildProcess.Start(
                "/bin/sh", ["sh", "-c", $"{editor} \"$@\"", editor, file], environment, streams!, ownSession: false, Environment.CurrentDirectory);
            return pid < 0 ? -1 : ChildProcess.ExitStatusOf(pid);
        }
    }
}
