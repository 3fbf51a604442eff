namespace Fairlead.EndToEnd.Staging;

public enum ShellKind
{
    Bash,
    Zsh,
    Fish,
    Sh,
    Ksh,
    Tcsh,
}
