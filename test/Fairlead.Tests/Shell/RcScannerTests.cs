using Fairlead.Shell;

namespace Fairlead.Tests.Shell;

public sealed class RcScannerTests
{
    [Theory]
    [InlineData("if [ -x ~/.local/bin/fairlead ]; then eval \"$(~/.local/bin/fairlead init bash)\"; fi")]
    [InlineData("if [ -x '/home/al/bin/fairlead' ]; then eval \"$('/home/al/bin/fairlead' init zsh)\"; fi")]
    [InlineData("eval \"$(fairlead init bash)\"")]
    [InlineData("if test -x '/home/al/bin/fairlead'; '/home/al/bin/fairlead' init fish | source; end")]
    [InlineData("if p'/a/fairlead'.exists(): execx(__import__('subprocess').run([p'/a/fairlead', 'init', 'xonsh'], text=True).stdout)")]
    public void The_line_is_known_in_each_of_its_spellings(string line) => Assert.Equal([RcLineKind.Fairlead], Kinds(line));

    [Theory]
    [InlineData("ln -sf $SSH_AUTH_SOCK ~/.ssh/ssh_auth_sock")]
    [InlineData("    ln -s -f \"$SSH_AUTH_SOCK\" /tmp/ssh-agent-$USER-screen")]
    [InlineData("if [ -S \"$SSH_AUTH_SOCK\" ] && [ ! -h \"$SSH_AUTH_SOCK\" ]; then ln -sf \"$SSH_AUTH_SOCK\" ~/.ssh/sock; fi")]
    [InlineData("test $SSH_AUTH_SOCK && ln -snf \"$SSH_AUTH_SOCK\" \"/tmp/ssh-agent-$USER-screen\"")]
    [InlineData("if test -S \"$SSH_AUTH_SOCK\" -a \"$SSH_AUTH_SOCK\" != $link; ln -sf $SSH_AUTH_SOCK $link; end")]
    public void The_recipe_of_the_link_is_known_in_the_spellings_that_are_passed_around(string line) =>
        Assert.Equal([RcLineKind.SymlinkRecipe], Kinds(line));

    [Theory]
    [InlineData("export SSH_AUTH_SOCK=~/.ssh/ssh_auth_sock")]
    [InlineData("SSH_AUTH_SOCK=/run/user/1000/keyring/ssh; export SSH_AUTH_SOCK")]
    [InlineData("if [ -S ~/a ]; then export SSH_AUTH_SOCK=~/a; fi")]
    [InlineData("set -gx SSH_AUTH_SOCK ~/.ssh/ssh_auth_sock")]
    [InlineData("set -x -g SSH_AUTH_SOCK $link")]
    [InlineData("setenv SSH_AUTH_SOCK ~/a")]
    [InlineData("eval \"$(ssh-agent -s)\" >/dev/null")]
    [InlineData("eval `keychain --eval id_ed25519`")]
    [InlineData("SSH_AUTH_SOCK=\"$(ls -t /tmp/ssh-*/agent.* | head -n 1)\"; export SSH_AUTH_SOCK")]
    [InlineData("typeset -gx SSH_AUTH_SOCK=~/a")]
    [InlineData("unset SSH_AUTH_SOCK")]
    [InlineData("set -e SSH_AUTH_SOCK")]
    [InlineData("unsetenv SSH_AUTH_SOCK")]
    public void What_sets_another_agent_is_known(string line) => Assert.Equal([RcLineKind.OtherAgent], Kinds(line));

    [Theory]
    [InlineData("alias fixssh='export SSH_AUTH_SOCK=$(ls -t /tmp/ssh-*/agent.* | head -n 1)'")]
    [InlineData("alias fixssh='SSH_AUTH_SOCK=~/.ssh/sock; export SSH_AUTH_SOCK'")]
    [InlineData("alias fix 'setenv SSH_AUTH_SOCK ~/.ssh/sock'")]
    [InlineData("alias fixssh='eval $(tmux show-env -s SSH_AUTH_SOCK)'")]
    [InlineData("alias fixssh='eval \"$(tmux showenv -s)\"'")]
    [InlineData("fixssh() { export SSH_AUTH_SOCK=~/.ssh/sock; }")]
    [InlineData("function fixssh\n    set -gx SSH_AUTH_SOCK ~/.ssh/sock\nend")]
    [InlineData("if true; then\n  fixssh() {\n    eval \"$(ssh-agent)\"\n  }\nfi")]
    [InlineData("precmd() {\n  if [ -n \"$TMUX\" ]; then\n    eval \"$(tmux show-environment -s)\"\n  fi\n}")]
    [InlineData("export $(tmux show-environment | grep \"^SSH_AUTH_SOCK\")")]
    public void What_changes_the_agent_later_is_known(string text) => Assert.Equal([RcLineKind.Refresher], Kinds(text));

    [Fact]
    public void After_a_function_a_line_counts_at_once_again() =>
        Assert.Equal(
            [RcLineKind.Refresher, RcLineKind.OtherAgent],
            Kinds("f()\n{\n  if [ 1 ]; then\n    export SSH_AUTH_SOCK=/a\n  fi\n}\nexport SSH_AUTH_SOCK=/b\n"));

    [Theory]
    [InlineData("eval \"$(fairlead init bash)\"", "fairlead")]
    [InlineData("if [ -x ~/a/fairlead ]; then eval \"$(~/a/fairlead init bash)\"; fi", "~/a/fairlead")]
    [InlineData("if [ -x '/a b/fairlead' ]; then eval \"$('/a b/fairlead' init zsh)\"; fi", "/a b/fairlead")]
    [InlineData("eval \"$(\"$HOME/a/fairlead\" init ksh)\"", "$HOME/a/fairlead")]
    [InlineData("if test -x ~/a/fairlead; ~/a/fairlead init fish | source; end", "~/a/fairlead")]
    [InlineData("if ( -x ~/a/fairlead ) eval \"`~/a/fairlead init tcsh`\"", "~/a/fairlead")]
    [InlineData("if p'/a/fairlead'.exists(): execx(__import__('subprocess').run([p'/a/fairlead', 'init', 'xonsh'], text=True).stdout)", "/a/fairlead")]
    public void The_program_that_the_line_runs_is_known(string line, string program) => Assert.Equal(program, Assert.Single(RcScanner.Scan(line)).Program);

    [Theory]
    [InlineData("case $- in\n    *i*) ;;\n      *) return;;\nesac")]
    [InlineData("[ -z \"$PS1\" ] && return")]
    [InlineData("[[ $- != *i* ]] && return")]
    [InlineData("case \"$-\" in *i*) ;; *) return ;; esac")]
    [InlineData("if [ -z \"${PS1:-}\" ]; then\n  return\nfi")]
    [InlineData("status is-interactive; or exit")]
    public void The_end_for_shells_that_are_not_interactive_is_known(string text) => Assert.Equal([RcLineKind.InteractiveOnly], Kinds(text));

    [Theory]
    [InlineData("# eval \"$(fairlead init bash)\"")]
    [InlineData("  # ln -sf $SSH_AUTH_SOCK ~/.ssh/sock")]
    [InlineData("alias fairlead-init='true'")]
    [InlineData("alias work='SSH_AUTH_SOCK=~/work.sock ssh work'")]
    [InlineData("work() { SSH_AUTH_SOCK=~/work.sock command ssh \"$@\"; }")]
    [InlineData("SSH_AUTH_SOCK=~/work.sock ssh-add -l")]
    [InlineData("alias keys='eval $(ssh-agent)'")]
    [InlineData("export DISPLAY=$(tmux show-environment DISPLAY)")]
    [InlineData("tmux show-environment | grep DISPLAY")]
    [InlineData("[ -n \"$SSH_AUTH_SOCK\" ] && echo ok")]
    [InlineData("if [ \"$color_prompt\" = yes ]; then\n    PS1='$ '\nfi")]
    [InlineData("case $- in\n *i*) bind 'x' ;;\nesac\nalias a=b\nf() { return 1; }")]
    [InlineData("ln -s ~/a ~/b")]
    [InlineData("")]
    public void What_only_looks_alike_is_skipped(string text) => Assert.Empty(Kinds(text));

    [Fact]
    public void Lines_are_counted_from_one() =>
        Assert.Equal([new RcLine(3, RcLineKind.Fairlead, "fairlead")], RcScanner.Scan("# a\n\neval \"$(fairlead init sh)\"\n"));

    private static IEnumerable<RcLineKind> Kinds(string text) => RcScanner.Scan(text).Select(line => line.Kind);
}
