using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Core.Policy;
using Fairlead.Protocol;

namespace Fairlead.Core.Callers;

/// <summary>What a caller wants a signature for, as rules ask for it.</summary>
internal static class SignaturePurpose
{
    public static RuleSignature Of(SignRequest request)
    {
        SignedData data = SignedData.Read(request);
        return new RuleSignature(
            data.Kind == SignedDataKind.Login ? Encoding.UTF8.GetString(data.User) : null,
            data.Kind == SignedDataKind.Message ? Encoding.UTF8.GetString(data.Namespace) : null,
            KeyEncoding.IsUsual(request.KeyBlob) ? KeyFingerprint.Of(request.KeyBlob) : null);
    }
}
