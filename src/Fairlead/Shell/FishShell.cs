using Fairlead.Files;

namespace Fairlead.Shell;

internal sealed class FishShell : ShellKind
{
    public override string Name => "fish";

    protected override string Code => """
        set -gx SSH_AUTH_SOCK @SOCKET@
        # To use fairlead in fish, add this line to ~/.config/fish/config.fish:
        #   if test -x ~/.local/bin/fairlead; ~/.local/bin/fairlead init fish | source; end

        """;

    public override bool HasPromptHook => true;

    protected override string Editor => "vi";

    /// <summary>Between single quotes a backslash takes back the meaning of a quote and of a backslash.</summary>
    public override string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    protected override string Set(string variable, string value) => $"set -gx {variable} {value}";

    protected override string Unset(string variable) => $"set -e {variable}; or true";

    /// <summary>A person need not care whether the variable was there.</summary>
    public override string Forget(string variable) => $"set -e {variable}";

    public override string Evaluate(string program, string verb) => $"{program} {verb} {Name} | source";

    public override string RcLine(string program) => $"if test -x {program}; {Evaluate(program, "init")}; end";

    public override string PathLine(string folder) => $"contains -- {folder} $PATH; or set -gx PATH $PATH {folder}{PathReason}";

    public override string Export(string program) => $"set -gx SSH_AUTH_SOCK {PathWord(program)}";

    public override string AddTo(RcFile file, string line) => AddFirst(file, line);

    public override string PathWord(string program) => $"({program} path)";

    /// <summary>It reads completions from XDG_DATA_HOME by itself.</summary>
    public override string LoginQuestion => "exec /usr/bin/env";

    /// <summary>fish_add_path came with fish 3.2, and Debian 11 has 3.1.</summary>
    public override string AddToPath(string folder, RcFacts facts) => $"set -U fish_user_paths {folder} $fish_user_paths";

    public override IEnumerable<string> RcFiles(RcPaths paths) =>
        [$"{paths.FishFolder}/config.fish", .. TextFile.Matching($"{paths.FishFolder}/conf.d/*.fish")];

    public override IEnumerable<string> FilesToChange(RcFacts facts) => facts.LoginShell == Name || facts.HasFishFolder ? [facts.Paths.FishSnippet] : [];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [paths.FishSnippet];
}
