using Fairlead.Files;

namespace Fairlead.Deploy;

/// <summary>The script that runs on the other host, as the one line that it is sent as. packaging/deploy/remote.sh says why it is one.</summary>
internal static class RemoteScript
{
    /// <summary>
    /// What ssh has the login shell there run: no line end and nothing that csh, fish or Nushell take for their own. <c>read</c> takes one byte after another from
    /// what cannot be read again, so what follows the line is left for the script.
    /// </summary>
    public const string Command = """exec sh -c 'read -r l; eval "$l"'""";

    /// <summary>Without its end.</summary>
    public static string Line { get; } = Join(EmbeddedFile.Read("remote.sh"));

    /// <summary>Leaves out comments and indentation, and puts a blank between the lines.</summary>
    public static string Join(string source) => string.Join(
        ' ', source.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')));
}
