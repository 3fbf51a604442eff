namespace Fairlead.EndToEnd.Staging;

public enum MultiplexerKind
{
    Tmux,
    Screen,
}
