using System.Text.Json;

namespace Fairlead.Core.Control;

/// <summary>The lines on the control socket: one line of JSON for each request and each reply.</summary>
internal static class ControlLine
{
    public static byte[] Of(ControlRequest request) => [.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest), (byte)'\n'];

    public static byte[] Of(ControlReply reply) => [.. JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.ControlReply), (byte)'\n'];
}
