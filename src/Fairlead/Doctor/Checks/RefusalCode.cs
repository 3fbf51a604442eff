using Fairlead.Core.Agents;
using Fairlead.Core.Control;

namespace Fairlead.Doctor.Checks;

/// <summary>Which refusal the daemon means.</summary>
internal static class RefusalCode
{
    /// <summary>Null where the daemon is older than codes, or knows a refusal that this program does not.</summary>
    public static Refusal? Of(RefusedReport refused) => Enum.TryParse(refused.Code, out Refusal refusal) ? refusal : null;
}
