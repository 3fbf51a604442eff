namespace Fairlead.Core.Agents;

/// <summary>
/// The names that sshd gives the sockets of forwarded agents (OpenSSH session.c, misc-agent.c). Those of local ssh-agents are in the same
/// folders, as <c>s.HASH.agent.RANDOM</c> and <c>agent.PID</c>; the first have a tag that distinguishes them, the second have not.
/// </summary>
internal static class SshdSocketName
{
    private const string Tag = "sshd";

    /// <summary>
    /// In a folder of the login's own in /tmp: <c>agent.PID</c>, and in OpenSSH 10.6, with AgentSocketPath shared:/tmp,
    /// <c>agent.sshd.PID</c>.
    /// </summary>
    public static bool IsInLoginFolder(ReadOnlySpan<char> name)
    {
        Span<Range> parts = stackalloc Range[4];
        int count = name.Split(parts, '.');
        return count is 2 or 3
            && name[parts[0]] is "agent"
            && (count == 2 || name[parts[1]] is Tag)
            && IsNumber(name[parts[count - 1]]);
    }

    /// <summary>In ~/.ssh/agent: <c>s.HASH.sshd.RANDOM</c> from OpenSSH 10.1 on, <c>s.HASH.sshd.PID.RANDOM</c> in 10.6.</summary>
    /// <param name="hostHash">The host whose socket it is, if hosts share the home (<see cref="HostHash"/>).</param>
    public static bool IsInHome(ReadOnlySpan<char> name, out ReadOnlySpan<char> hostHash)
    {
        Span<Range> parts = stackalloc Range[6];
        int count = name.Split(parts, '.');
        bool isOne = count is 4 or 5
            && name[parts[0]] is "s"
            && name[parts[2]] is Tag
            && (count == 4 || IsNumber(name[parts[3]]))
            && IsRandom(name[parts[count - 1]]);
        hostHash = isOne ? name[parts[1]] : default;
        return !hostHash.IsEmpty;
    }

    /// <inheritdoc cref="IsInHome(ReadOnlySpan{char}, out ReadOnlySpan{char})"/>
    public static bool IsInHome(ReadOnlySpan<char> name) => IsInHome(name, out _);

    private static bool IsNumber(ReadOnlySpan<char> digits) => !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');

    private static bool IsRandom(ReadOnlySpan<char> letters)
    {
        foreach (char letter in letters)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return false;
            }
        }

        return !letters.IsEmpty;
    }
}
