namespace Fairlead.Core.CommandLines;

/// <summary>Takes a command line apart as getopt(3) does: letters may share a dash, an argument may stick to its letter.</summary>
internal static class Getopt
{
    /// <summary>The options of ssh that take an argument (the getopt string of ssh.c, 9.2 and 10.3).</summary>
    public const string OfSsh = "bceilmopwBDEFIJLOPQRSW";

    /// <summary>Those of ssh-keygen (ssh-keygen.c, 9.2 and 10.3).</summary>
    public const string OfSshKeygen = "abfmnrstwxzCDEFIMNOPRVYZ";

    /// <summary>Stands for an operand.</summary>
    public const char Operand = '\0';

    /// <param name="arguments">Without the program's name.</param>
    /// <param name="withArgument">The options that take an argument.</param>
    public static IEnumerable<(char Letter, string Value)> Parse(string[] arguments, string withArgument)
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
