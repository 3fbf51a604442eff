namespace Fairlead.Core.Callers;

/// <summary>
/// The identity files that a command line names: <c>ssh -i FILE</c>, <c>ssh -o IdentityFile=FILE</c>, and the key of <c>ssh-keygen -Y sign -f FILE</c>,
/// which is how git signs.
/// </summary>
internal static class IdentityOptions
{
    /// <summary>The options that take an argument (the getopt strings of ssh.c and ssh-keygen.c, 9.2 and 10.3).</summary>
    private const string OfSshWithArgument = "bceilmopwBDEFIJLOPQRSW";
    private const string OfSshKeygenWithArgument = "abfmnrstwxzCDEFIMNOPRVYZ";

    /// <summary>Stands for what is no option.</summary>
    private const char Operand = '\0';

    private const string IdentityFile = "IdentityFile";

    /// <param name="arguments">The program's name first.</param>
    public static IEnumerable<string> FilesIn(string[] arguments) => arguments switch
    {
        [] => [],
        [var program, .. var rest] when Path.GetFileName(program) == "ssh" => FilesOfSsh(rest),
        [var program, .. var rest] when Path.GetFileName(program) == "ssh-keygen" => FilesOfSigning(rest),
        _ => [],
    };

    /// <summary>Options may stand before the host and behind it; what follows a second operand is the remote command's.</summary>
    private static IEnumerable<string> FilesOfSsh(string[] arguments)
    {
        int operands = 0;
        foreach ((char letter, string value) in Parse(arguments, OfSshWithArgument))
        {
            if (letter == Operand && ++operands == 2)
            {
                yield break;
            }

            if (letter == 'i')
            {
                yield return value;
            }
            else if (letter == 'o' && value.StartsWith(IdentityFile, StringComparison.OrdinalIgnoreCase))
            {
                yield return value[IdentityFile.Length..].TrimStart('=', ' ', '\t').Trim('"');
            }
        }
    }

    private static IEnumerable<string> FilesOfSigning(string[] arguments)
    {
        (char Letter, string Value)[] options = [.. Parse(arguments, OfSshKeygenWithArgument)];
        return options.Contains(('Y', "sign")) ? options.Where(option => option.Letter == 'f').Select(option => option.Value) : [];
    }

    /// <summary>As getopt(3) reads them: letters may share a dash, an argument may stick to its letter.</summary>
    private static IEnumerable<(char Letter, string Value)> Parse(string[] arguments, string withArgument)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (argument is not ['-', _, ..])
            {
                yield return (Operand, argument);
                continue;
            }

            for (int at = 1; at < argument.Length; at++)
            {
                if (!withArgument.Contains(argument[at]))
                {
                    yield return (argument[at], "");
                    continue;
                }

                string next = i + 1 < arguments.Length ? arguments[i + 1] : "";
                bool sticks = at + 1 < argument.Length;
                yield return (argument[at], sticks ? argument[(at + 1)..] : next);
                i += sticks ? 0 : 1;
                break;
            }
        }
    }
}
