using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>What a person should know of their next login: whether it finds fairlead, and whether its shell completes fairlead's words.</summary>
internal static class LoginNotes
{
    /// <param name="facts">With what the login shell was asked.</param>
    public static IEnumerable<string> Of(SetupFacts facts) => [.. OfPath(facts), .. OfCompletions(facts), .. OfManual(facts)];

    private static IEnumerable<string> OfPath(SetupFacts facts)
    {
        bool isNowThere = facts.Found is not null;
        switch (facts.NextLogin)
        {
            case null when !isNowThere && Shells.OfProgram(facts.LoginShell) is { } shell && RcSteps.NeedsPath(facts, shell):
                return ["'fairlead' is not in your PATH, and your login shell did not say whether it will be at your next login. The line in the rc file adds its folder."];
            case { Finds: null } when Shells.OfProgram(facts.LoginShell) is { } shell && RcSteps.NeedsPath(facts, shell):
                return [$"From your next login on, 'fairlead' will be in your PATH. Until then, type {TypedPath.Of(facts.Program, facts.Paths.Home)}"];
            case { Finds: null }:
                return ["At your next login 'fairlead' will not be in your PATH. The line in the rc file works without that, but you need it to type 'fairlead'.", .. HowTo(facts)];
            case { FindsThisProgram: false } login:
                return [$"At your next login 'fairlead' will be {login.Finds}, not this program, {facts.Program}."];
            case null when !isNowThere:
                return ["'fairlead' is not in your PATH, and your login shell did not say whether it will be at your next login.", .. HowTo(facts)];
            case not null when !isNowThere:
                return [$"From your next login on, 'fairlead' will be in your PATH. Until then, type {TypedPath.Of(facts.Program, facts.Paths.Home)}"];
            default:
                return [];
        }
    }

    private static IEnumerable<string> HowTo(SetupFacts facts)
    {
        string folder = TypedPath.Of(Path.GetDirectoryName(facts.Program)!, facts.Paths.Home);
        string? command = Shells.OfProgram(facts.LoginShell)?.AddToPath(folder, RcFileChoice.RcFactsOf(facts));
        return command is null ? [$"Add {folder} to it, in the language of your shell."] : ["This adds it:", $"  {command}"];
    }

    /// <summary>man(1) looks beside the folders of the PATH.</summary>
    private static IEnumerable<string> OfManual(SetupFacts facts)
    {
        string beside = $"{facts.Paths.Home}/.local/bin";
        return facts.ProgramIsInHome && Path.GetDirectoryName(facts.Program) != beside && facts.NextLogin?.Path.Contains(beside) == false
            ? [$"man will not find the manual by itself. To read it: man -M {TypedPath.Of(SharedFiles.Manual(facts.Paths), facts.Paths.Home)} fairlead"]
            : [];
    }

    private static IEnumerable<string> OfCompletions(SetupFacts facts)
    {
        if (!facts.ProgramIsInHome || facts.NextLogin is not { LoadsCompletions: false })
        {
            return [];
        }

        string program = TypedPath.Of(facts.Program, facts.Paths.Home);
        return facts.LoginShell switch
        {
            "zsh" =>
            [
                "Your zsh does not look where fairlead's completions are. Add this to its .zshrc, before compinit:",
                $"  fpath=({TypedPath.Of($"{facts.Paths.Data}/zsh/site-functions", facts.Paths.Home)} $fpath)",
            ],
            "bash" =>
            [
                "Your bash does not load the package bash-completion, which finds fairlead's completions. Install it, or add this to ~/.bashrc:",
                $"  eval \"$({program} completions bash)\"",
            ],
            _ => [],
        };
    }
}
