using System.Text;

namespace Fairlead.Core.Control;

/// <summary>
/// The one request that <c>fairlead init</c> sends, and its answer, written and read by hand: a login waits for it, and the start-up of the
/// JSON serializer would cost more than all the rest.
/// </summary>
internal static class RegisterLine
{
    private static ReadOnlySpan<byte> Refusal => "\"usable\":false"u8;

    private static ReadOnlySpan<byte> Error => "{\"error\":"u8;

    /// <summary>
    /// Whether an answer says that the daemon cannot use the agent, or that this client may not register one. An older daemon says nothing,
    /// and takes what it finds.
    /// </summary>
    public static bool IsRefusal(ReadOnlySpan<byte> answer) => answer.IndexOf(Refusal) >= 0 || answer.StartsWith(Error);

    public static byte[] Write(int pid, string socket)
    {
        var line = new StringBuilder();
        line.Append("{\"version\":1,\"verb\":\"register\",\"pid\":").Append(pid).Append(",\"socket\":\"");
        foreach (char c in socket)
        {
            if (c is '"' or '\\')
            {
                line.Append('\\').Append(c);
            }
            else if (c < ' ')
            {
                line.Append("\\u").Append(((int)c).ToString("x4", null));
            }
            else
            {
                line.Append(c);
            }
        }

        line.Append("\"}\n");
        return Encoding.UTF8.GetBytes(line.ToString());
    }
}
