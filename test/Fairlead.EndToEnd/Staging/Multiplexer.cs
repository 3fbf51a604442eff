namespace Fairlead.EndToEnd.Staging;

/// <summary>What a person types to start, leave and find again a session of tmux or screen.</summary>
internal sealed record Multiplexer(string Start, string Reattach, string Prefix, string Detached)
{
    public static Multiplexer Of(MultiplexerKind kind) => kind switch
    {
        MultiplexerKind.Tmux => new("tmux new-session -s main", "tmux attach-session -t main", "C-b",
            @"\[detached \(from session main\)\]"),
        MultiplexerKind.Screen => new("screen -S main", "screen -r main", "C-a", @"\[detached from \d+\.main\]"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
