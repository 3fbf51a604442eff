namespace Fairlead.Bench.Staging;

/// <summary>Ends a tmux server of the bench. It may have ended with its last pane.</summary>
internal sealed class TmuxEnd(IReadOnlyList<string> environment, string socket) : IDisposable
{
    public void Dispose() => Child.Start(environment, "tmux", "-S", socket, "kill-server").WaitForEnd();
}
