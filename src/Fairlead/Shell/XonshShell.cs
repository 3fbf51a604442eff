namespace Fairlead.Shell;

internal sealed class XonshShell : SingleFileShell
{
    public override string Name => "xonsh";

    protected override string Code => """
        $SSH_AUTH_SOCK = @SOCKET@
        # To use fairlead in xonsh, add this line to ~/.xonshrc:
        #   if p'~/.local/bin/fairlead'.exists(): execx(__import__('subprocess').run([p'~/.local/bin/fairlead', 'init', 'xonsh'], env=${...}.detype(), capture_output=True, text=True).stdout)

        """;

    /// <summary>A string of Python, which ends with its line.</summary>
    public override string Quote(string text)
    {
        string quoted = Escape(text, c => c switch
        {
            '\'' or '\\' => $@"\{c}",
            '\n' => @"\n",
            '\r' => @"\r",
            _ => null,
        });
        return $"'{quoted}'";
    }

    protected override string Set(string variable, string value) => $"${variable} = {value}";

    protected override string Unset(string variable) => $"_ = ${{...}}.pop('{variable}', None)";

    public override string Evaluate(string program, string verb) => $"execx({OutputOf(program, verb, Name)})";

    public override string RcLine(string program) => $"if p{TextOf(program)}.exists(): {Evaluate(program, "init")}";

    public override string PathLine(string folder) => $"if {folder} not in $PATH: $PATH.append({folder}){PathReason}";

    public override string Export(string program) => $"$SSH_AUTH_SOCK = {OutputOf(program, "path")}.strip()";

    public override string AddTo(RcFile file, string line) => AddFirst(file, line);

    protected override string RcPath(RcPaths paths) => $"{paths.Home}/.xonshrc";

    /// <summary>
    /// What the program prints. xonsh's own $(...) comes back empty now and then on a busy machine, and takes the first line of an executable for
    /// UTF-8 (0.13.4). A program that fails is no reason to leave the rest of an rc file unread.
    /// </summary>
    private string OutputOf(string program, params string[] arguments) =>
        $"__import__('subprocess').run([p{TextOf(program)}, {string.Join(", ", arguments.Select(Quote))}], env=${{...}}.detype(), capture_output=True, text=True).stdout";
}
