namespace Fairlead.Core.Policy;

/// <summary>What rules can ask about a caller, as a set.</summary>
[Flags]
internal enum RuleInput
{
    None = 0,
    From = 1,
    Login = 2,
    Session = 4,
    Folder = 8,
    Executable = 16,
    Background = 32,
    All = From | Login | Session | Folder | Executable | Background,
}
