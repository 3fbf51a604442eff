using System.Text;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Output;

namespace Fairlead.Records;

/// <summary>The systemd journal, by its own protocol: one datagram an entry (systemd.io, JOURNAL_NATIVE_PROTOCOL).</summary>
/// <param name="socket">Where journald takes entries.</param>
internal sealed class Journal(string socket = Journal.UsualSocket)
{
    public const string UsualSocket = "/run/systemd/journal/socket";

    /// <summary>The field that holds the whole record, as a line of JSON.</summary>
    private const string RecordField = "FAIRLEAD_RECORD";

    private const string Identifier = "fairlead";

    private static readonly string[] Programs = ["/usr/bin/journalctl", "/bin/journalctl"];

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of journalctl's output: some hundred thousand records.</summary>
    private const int MaxOutput = 256 * 1024 * 1024;

    /// <param name="line">The record as JSON.</param>
    /// <returns>Zero, or minus errno: ENOENT without a journal.</returns>
    public int Send(EventReport record, string line)
    {
        string[] fields =
        [
            $"MESSAGE={EventLine.Sentence(record)}",
            $"PRIORITY={(record.Outcome is "answered" ? 6 : 5)}", // syslog's informational and notice
            $"SYSLOG_IDENTIFIER={Identifier}",
            $"{RecordField}={line.TrimEnd()}",
        ];
        return UnixDatagram.Send(socket, string.Concat(fields.Select(field => field + "\n")));
    }

    /// <summary>The records of this user, the oldest first, each a line of JSON. Asks journalctl(1).</summary>
    /// <returns>Null when it cannot be asked.</returns>
    public static IEnumerable<string>? Read(DateTimeOffset? since, uint uid)
    {
        string[] from = since is { } moment ? [$"--since=@{moment.ToUnixTimeSeconds()}"] : [];
        byte[]? output = Programs.FirstOrDefault(File.Exists) is { } program
            ? Subprocess.Run(program, ["journalctl", "--quiet", "--no-pager", "--output=cat", $"--output-fields={RecordField}", .. from, .. Match(uid)], ReadTimeout, MaxOutput)
            : null;
        return output is null ? null : Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(text => text[0] == '{');
    }

    private static string[] Match(uint uid) => [$"SYSLOG_IDENTIFIER={Identifier}", $"_UID={uid}"];
}
