namespace Fairlead.Core.Agents;

/// <summary>The process here through which a question of ours came back to us.</summary>
/// <param name="SeenAt">In clock ticks since boot: a process of that pid that started later is another one.</param>
internal readonly record struct LoopEnd(int Pid, ulong SeenAt);
