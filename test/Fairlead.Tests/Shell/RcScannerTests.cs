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
    public void What_sets_another_agent_is_known(string line) => Assert.Equal([RcLineKind.OtherAgent], Kinds(line));

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
    [InlineData("[ -n \"$SSH_AUTH_SOCK\" ] && echo ok")]
    [InlineData("if [ \"$color_prompt\" = yes ]; then\n    PS1='$ '\nfi")]
    [InlineData("case $- in\n *i*) bind 'x' ;;\nesac\nalias a=b\nf() { return 1; }")]
    [InlineData("ln -s ~/a ~/b")]
    [InlineData("")]
    public void What_only_looks_alike_is_passed_over(string text) => Assert.Empty(Kinds(text));

    [Fact]
    public void Lines_are_counted_from_one() =>
        Assert.Equal([new RcLine(3, RcLineKind.Fairlead)], RcScanner.Scan("# a\n\neval \"$(fairlead init sh)\"\n"));

    private static IEnumerable<RcLineKind> Kinds(string text) => RcScanner.Scan(text).Select(line => line.Kind);
}
