namespace Fairlead.Deploy;

/// <summary>What the person's ssh_config says for one host, as <c>ssh -G</c> prints it: a keyword in small letters and its value, one a line.</summary>
internal sealed class SshSettings
{
    private readonly Dictionary<string, string> values = [];

    private SshSettings(string printed)
    {
        foreach (string line in printed.Split('\n'))
        {
            string[] words = line.Split(' ', 2);
            values.TryAdd(words[0], words.Length > 1 ? words[1] : "");
        }
    }

    /// <summary>By what the connection goes through another host: the same text for all hosts behind it. Null for a direct one.</summary>
    public string? Jump => Value("proxyjump") is { } jump ? jump.Split(',')[0] : Value("proxycommand");

    public static SshSettings Parse(string printed) => new(printed);

    /// <summary>The options of the two questions that fairlead asks ssh: <c>ssh -G HOST</c> is the first.</summary>
    public static string[] Question(DeployRequest request, string host) => ["ssh", .. File(request), "-G", "--", host];

    /// <summary>
    /// Nothing of a person's habits may stand between the script and its input, no key of theirs is lent to the host, and no window or port opened. An
    /// option that this ssh does not know would be a mistake; what it knows, it prints.
    /// </summary>
    /// <param name="mayAsk">ssh may ask the person: for a password, whether a host key is right.</param>
    public string[] Arguments(DeployRequest request, string host, bool mayAsk) =>
    [
        "ssh", .. File(request), "-T", "-a", "-x", "-e", "none",
        .. Options(
        [
            mayAsk ? "BatchMode=no" : "BatchMode=yes",
            "ClearAllForwardings=yes",
            "Compression=yes",

            // A master of the person's own is used; none is left behind on forty hosts.
            "ControlMaster=no",
            "LogLevel=ERROR",
            "PermitLocalCommand=no",
            "Tunnel=no",
            .. Newer("remotecommand", "RemoteCommand=none"),
            .. Newer("sessiontype", "SessionType=default"),
            .. Newer("stdinnull", "StdinNull=no"),
            .. Newer("forkafterauthentication", "ForkAfterAuthentication=no"),
            .. Value("connecttimeout") is null ? ["ConnectTimeout=20"] : Array.Empty<string>(),
            .. Value("serveraliveinterval") is null or "0" ? ["ServerAliveInterval=15"] : Array.Empty<string>(),
        ]),
        "--", host, RemoteScript.Command,
    ];

    private static string[] File(DeployRequest request) => request.ConfigurationFile is { } file ? ["-F", file] : [];

    private static IEnumerable<string> Options(IEnumerable<string> options) => options.SelectMany(option => new[] { "-o", option });

    private IEnumerable<string> Newer(string keyword, string option) => values.ContainsKey(keyword) ? [option] : [];

    private string? Value(string keyword) => values.TryGetValue(keyword, out string? value) && value is not ("none" or "") ? value : null;
}
