using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

/// <summary>Reads a message as far as the library knows it, and writes what it read.</summary>
internal static class Rewriting
{
    public static byte[] Rewrite(ReadOnlySpan<byte> message)
    {
        var writer = new WireWriter(capacity: 0);
        writer.WriteType((AgentMessageType)message[0]);
        if (IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer))
        {
            writer.WriteUInt32((uint)answer.Count);
            foreach (IdentityEntry entry in answer)
            {
                writer.WriteString(entry.KeyBlob).WriteString(entry.Comment);
            }
        }
        else if (SignRequest.TryRead(message, out SignRequest sign))
        {
            writer.WriteString(sign.KeyBlob).WriteString(sign.Data).WriteUInt32(sign.Flags);
        }
        else if (SessionBind.TryRead(message, out SessionBind bind))
        {
            writer.WriteString(ExtensionNames.SessionBind)
                .WriteString(bind.HostKey).WriteString(bind.SessionId).WriteString(bind.Signature).WriteBoolean(bind.IsForwarding);
        }
        else if (ExtensionRequest.TryRead(message, out ExtensionRequest extension))
        {
            writer.WriteString(extension.Name).WriteBytes(extension.Contents);
        }
        else
        {
            var reader = new WireReader(message[1..]);
            while (reader.TryReadString(out ReadOnlySpan<byte> value))
            {
                writer.WriteString(value);
            }

            writer.WriteBytes(reader.Rest);
        }

        return writer.ToFrame();
    }
}
