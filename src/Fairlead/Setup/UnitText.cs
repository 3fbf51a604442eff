using Fairlead.Files;

namespace Fairlead.Setup;

/// <summary>The systemd units of packaging/systemd, with the paths of one installation.</summary>
internal static class UnitText
{
    public const string SocketUnit = "fairlead.socket";
    public const string ServiceUnit = "fairlead.service";

    /// <param name="name">The name of the unit's file.</param>
    public static string Of(string name, string socket, string control, string program) =>
        string.Concat(EmbeddedFile.Read(name).TrimEnd('\n').Split('\n').Select(line => Fill(line, socket, control, program) + "\n"));

    private static string Fill(string line, string socket, string control, string program) =>
        line.StartsWith("ExecStart=", StringComparison.Ordinal) ? $"ExecStart={Start(program)}"
        : !line.StartsWith("ListenStream=", StringComparison.Ordinal) ? line
        : line.EndsWith(".sock", StringComparison.Ordinal) ? $"ListenStream={Literal(socket)}"
        : $"ListenStream={Literal(control)}";

    /// <summary>systemd refuses an executable with a quote or a backslash in its path (252), but not an argument, where a $ is doubled.</summary>
    private static string Start(string program) => program.AsSpan().IndexOfAny('\'', '"', '\\') < 0
        ? $"\"{Literal(program)}\" daemon"
        : $"/bin/sh -c 'exec \"$$0\" daemon' \"{Quoted(program).Replace("$", "$$", StringComparison.Ordinal)}\"";

    /// <summary>A % begins a specifier (systemd.unit(5)).</summary>
    private static string Literal(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>Between double quotes a backslash begins an escape (systemd.syntax(7)).</summary>
    private static string Quoted(string path) => Literal(path).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
