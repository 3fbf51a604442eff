using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

/// <summary>Asks every reader about the same bytes, and writes down all that they said.</summary>
internal static class Transcript
{
    public static string Of(ReadOnlySpan<byte> message)
    {
        var text = new StringBuilder().Append(Request.KindOf(message));
        if (IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer))
        {
            text.Append("; list of ").Append(answer.Count);
            foreach (IdentityEntry entry in answer)
            {
                Note(text, message, entry.KeyBlob);
                Note(text, message, entry.Comment);
            }
        }

        if (SignRequest.TryRead(message, out SignRequest sign))
        {
            text.Append("; sign ").Append(sign.Flags);
            Note(text, message, sign.KeyBlob);
            Note(text, message, sign.Data);
            SignedData data = SignedData.Read(sign);
            text.Append(' ').Append(data.Kind);
            Note(text, message, data.User);
            Note(text, message, data.HostKey);
            Note(text, message, data.Namespace);
        }

        if (ExtensionRequest.TryRead(message, out ExtensionRequest extension))
        {
            text.Append("; extension");
            Note(text, message, extension.Name);
            Note(text, message, extension.Contents);
        }

        if (SessionBind.TryRead(message, out SessionBind bind))
        {
            text.Append("; bind ").Append(bind.IsForwarding);
            Note(text, message, bind.HostKey);
            Note(text, message, bind.SessionId);
            Note(text, message, bind.Signature);
        }

        if (TraceExtension.TryReadRequest(message, out string[] visited, out _))
        {
            text.Append("; trace ").AppendJoin(' ', visited);
        }

        if (TraceExtension.TryReadAnswer(message, out string instance, out bool leadsBack))
        {
            text.Append("; trace answer ").Append(instance).Append(leadsBack);
        }

        return text.ToString();
    }

    private static void Note(StringBuilder text, ReadOnlySpan<byte> message, ReadOnlySpan<byte> part)
    {
        Assert.True(part.IsEmpty || message.Overlaps(part));
        text.Append(' ').Append(Convert.ToHexString(part));
    }
}
