namespace Fairlead.Core.CommandLines;

/// <summary>
/// The identity files that a command line names: <c>ssh -i FILE</c>, <c>ssh -o IdentityFile=FILE</c>, and the key of <c>ssh-keygen -Y sign
/// -f FILE</c>, which is how git signs.
/// </summary>
internal static class IdentityOptions
{
    private const string IdentityFile = "IdentityFile";

    /// <param name="arguments">The program's name first.</param>
    public static IEnumerable<string> FilesIn(string[] arguments) => arguments switch
    {
        [] => [],
        [var program, .. var rest] when Path.GetFileName(program) == "ssh" => FilesOfSsh(rest),
        [var program, .. var rest] when Path.GetFileName(program) == "ssh-keygen" => FilesOfSigning(rest),
        _ => [],
    };

    /// <summary>Options may stand before or after the host; everything from the second operand on belongs to the remote command.</summary>
    private static IEnumerable<string> FilesOfSsh(string[] arguments)
    {
        int operands = 0;
        foreach ((char letter, string value) in Getopt.Parse(arguments, Getopt.OfSsh))
        {
            if (letter == Getopt.Operand && ++operands == 2)
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
        (char Letter, string Value)[] options = [.. Getopt.Parse(arguments, Getopt.OfSshKeygen)];
        return options.Contains(('Y', "sign")) ? options.Where(option => option.Letter == 'f').Select(option => option.Value) : [];
    }
}
