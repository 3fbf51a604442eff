namespace Fairlead.Commands;

/// <summary>What <c>fairlead daemon</c> was told.</summary>
internal sealed record DaemonArguments(string? ConfigurationFile, string? Socket)
{
    public const string ConfigurationOption = "--config";
    public const string SocketOption = "--socket";

    /// <summary>
    /// Reads the plain form without the command line library, which the daemon would carry in memory for weeks. Null for any other form, which
    /// the library then explains.
    /// </summary>
    public static DaemonArguments? TryParse(ReadOnlySpan<string> arguments)
    {
        var parsed = new DaemonArguments(null, null);
        while (arguments.Length > 0)
        {
            switch (arguments)
            {
                case [ConfigurationOption, var file, ..] when IsValue(file) && parsed.ConfigurationFile is null:
                    parsed = parsed with { ConfigurationFile = file };
                    break;
                case [SocketOption, var socket, ..] when IsValue(socket) && parsed.Socket is null:
                    parsed = parsed with { Socket = socket };
                    break;
                default:
                    return null;
            }

            arguments = arguments[2..];
        }

        return parsed;
    }

    private static bool IsValue(string argument) => argument.Length > 0 && argument[0] != '-';
}
