namespace Fairlead.Daemon;

/// <summary>Names one run of one daemon among all that a request may pass through: what <c>trace@fairlead</c> compares.</summary>
internal static class InstanceId
{
    public static string Create() => Guid.NewGuid().ToString("N");
}
