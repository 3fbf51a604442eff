namespace Fairlead.Core.CommandLines;

/// <summary>The host that a person typed after <c>ssh</c>; scp, git and rsync run an ssh of their own and pass it on.</summary>
internal static class SshDestination
{
    private const string Scheme = "ssh://";
    private const string UsualPort = "22";

    /// <param name="arguments">The program's name first.</param>
    /// <returns>As known_hosts has it: "web01", "[web01]:2222"; null for another program.</returns>
    public static string? In(string[] arguments)
    {
        if (arguments is not [var program, .. var rest] || Path.GetFileName(program) != "ssh")
        {
            return null;
        }

        // What follows the second operand belongs to the remote command.
        (char Letter, string Value)[] words = [.. Getopt.Parse(rest, Getopt.OfSsh)];
        int first = Array.FindIndex(words, word => word.Letter == Getopt.Operand);
        if (first < 0)
        {
            return null;
        }

        int second = Array.FindIndex(words, first + 1, word => word.Letter == Getopt.Operand);
        string? port = words[..(second < 0 ? words.Length : second)].FirstOrDefault(word => word.Letter == 'p').Value;
        string host = words[first].Value;
        if (host.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            host = host[Scheme.Length..].TrimEnd('/');
            int colon = host.LastIndexOf(':');
            (host, port) = colon > host.LastIndexOf(']') ? (host[..colon], host[(colon + 1)..]) : (host, port);
        }

        host = host[(host.LastIndexOf('@') + 1)..].Trim('[', ']');
        return host.Length == 0 ? null : port is null or UsualPort ? host : $"[{host}]:{port}";
    }
}
