namespace Fairlead.Core.Agents;

/// <summary>A contact with an agent that asks it for no keys: who listens there, and whether it leads back to us. None of the tasks fails.</summary>
/// <param name="Connected">It was connected to, or could not be.</param>
/// <param name="InTime">It has answered, or its connection has ended, or its patience has: then it counts as stalled.</param>
/// <param name="Ended">It has answered, or its connection has ended: for as long as that takes.</param>
internal sealed record Meeting(Task Connected, Task InTime, Task Ended);
