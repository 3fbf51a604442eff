namespace Fairlead.EndToEnd.Chaos;

/// <summary>A signature or a change that was asked of an agent.</summary>
/// <param name="isChange">It has an effect, and may be asked once.</param>
internal sealed class Delivery(ChaosAgent agent, bool isChange)
{
    public ChaosAgent Agent => agent;

    public bool IsChange => isChange;

    /// <summary>Neither answered nor hung up on.</summary>
    public bool IsPending { get; set; } = true;
}
