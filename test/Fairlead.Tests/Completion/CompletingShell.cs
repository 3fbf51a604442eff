using System.Diagnostics;
using Fairlead.Commands;
using Fairlead.Completion;

namespace Fairlead.Tests.Completion;

/// <summary>
/// A real shell that has read fairlead's completion, and the line that a person has typed in it up to the tab key. The fairlead that the completion
/// asks is a script that knows four agents, three hosts and two processes.
/// </summary>
internal sealed class CompletingShell : IDisposable
{
    private const string Stub = """
        #!/bin/sh
        case "$*" in
          'completions --values agents') printf '203.0.113.7\tthe login on pts/3\npts/3\tlaptop\n2001:db8::7\tsix\nmy agent\tlocal\n' ;;
          'completions --values hosts') printf 'gateway\tssh_config\nweb01\tssh_config\nweb02\tssh_config\n' ;;
          'completions --values processes') printf '4711\tssh\n42\tvim\n' ;;
          *) exit 3 ;;
        esac
        """;

    /// <summary>What bash sets before it calls a completion, set by hand: the words are divided at blanks alone.</summary>
    private const string Bash = """
        source ./code
        IFS= read -r COMP_LINE
        COMP_POINT=${#COMP_LINE}
        read -ra COMP_WORDS <<<"$COMP_LINE"
        [[ $COMP_LINE != *' ' ]] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        [[ $(complete -p fairlead) == 'complete -F _fairlead fairlead' ]] && _fairlead && [[ -z ${COMPREPLY[*]} ]] || printf '%s\n' "${COMPREPLY[@]}"
        """;

    /// <summary>Types the line and the tab key into a zsh on a terminal of its own (zshmodules(1), zpty).</summary>
    private const string Zsh = """
        zmodload zsh/zpty
        IFS= read -r line
        zpty person 'zsh -f -i'
        zpty -w person 'source ./inner.zsh'
        zpty -r person output '*READY*'
        zpty -w -n person "$line"$'\t'
        zpty -r person output '*READY*'
        cat ./.answer
        """;

    /// <summary>The tab key completes as usual, and what was offered is written down.</summary>
    private const string Inner = """
        PS1=
        fpath=($PWD $fpath)
        autoload -Uz compinit
        compinit -u -D
        compadd() {
          local -a hits
          if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
            builtin compadd -A hits "$@"
            found+=($hits)
          fi
          builtin compadd "$@"
        }
        zle -C complete-as-usual complete-word _main_complete
        offer() {
          found=()
          zle complete-as-usual
          (( ! $#found )) || print -rl -- $found > ./.answer
          print -n REA
          print DY
        }
        zle -N offer
        bindkey '^I' offer
        : > ./.answer
        print -n REA
        print DY
        """;

    private readonly TempFolder folder = new();
    private readonly string name;

    public CompletingShell(string name)
    {
        this.name = name;
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(folder["bin/fairlead"], Stub);
        File.SetUnixFileMode(folder["bin/fairlead"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string code = CompletionScript.Find(name)!.For(CompletedCommand.Of(CommandTree.Build()));
        File.WriteAllText(folder[name == "zsh" ? "_fairlead" : "code"], code);
        File.WriteAllText(folder["inner.zsh"], Inner);
        File.WriteAllText(folder["afile"], "");
    }

    /// <summary>Without a fairlead in the PATH.</summary>
    public void RemoveProgram() => File.Delete(folder["bin/fairlead"]);

    /// <param name="setting">What bash has defined beforehand.</param>
    /// <returns>What is offered, in the shell's order. Nothing may be said on standard error.</returns>
    public string[] Offer(string line, string setting = "")
    {
        string[] command = name switch
        {
            "bash" => ["bash", "--norc", "-c", $"{setting}\n{Bash}"],
            "zsh" => ["zsh", "-f", "-c", Zsh],
            _ => ["fish", "--no-config", "-c", "source ./code; read -l line; complete -C $line | string replace -r '\\t.*' ''"],
        };
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = folder.Path;
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Write(line + "\n");
        shell.StandardInput.Close();
        string output = shell.StandardOutput.ReadToEnd();
        Assert.Equal("", shell.StandardError.ReadToEnd());
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => folder.Dispose();
}
