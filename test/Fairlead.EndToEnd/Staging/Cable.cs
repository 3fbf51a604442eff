using System.Globalization;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// A network of a laptop's own: a network namespace, and a line from it to this machine on which there is nobody else. What runs inside has no other way out.
/// </summary>
internal sealed class Cable : IAsyncDisposable
{
    /// <summary>This machine's other address, which is valid on a cable only: the other end adds the name of the device that leads there (RFC 4007).</summary>
    public const string LinkLocal = "fe80::1%inner";

    private static int laid;

    private readonly string name;
    private readonly IDisposable? line;

    private Cable(string name, string here, IDisposable? line)
    {
        this.name = name;
        Here = here;
        this.line = line;
    }

    /// <summary>This machine's address, as the other end calls it.</summary>
    public string Here { get; }

    /// <summary>Both, as this end calls them.</summary>
    public string[] Addresses => [Here, $"fe80::1%{name}"];

    /// <summary>What comes before a command that runs at the other end.</summary>
    public string Prefix => $"ip netns exec {name}";

    /// <summary>A plain one: a pair of veth devices (veth(4)).</summary>
    public static async Task<Cable> Lay()
    {
        string name = await AddNamespace(out string here, out string there);
        await Ip($"link add {name} type veth peer name inner netns {name}");
        await Raise(name, here, there);
        return new Cable(name, here, null);
    }

    /// <summary>One on which each packet takes as long as over a satellite.</summary>
    public static async Task<Cable> LaySlow(TimeSpan journey)
    {
        string name = await AddNamespace(out string here, out string there);
        var line = new DelayedLine(name, $"{name}i", journey);
        await Ip($"link set {name}i netns {name} name inner");
        await Raise(name, here, there);
        return new Cable(name, here, line);
    }

    /// <summary>The laptop's lid is closed: nothing that is sent arrives, and nobody is told.</summary>
    public Task Unplug() => Ip($"-n {name} link set inner down");

    public Task Plug() => Ip($"-n {name} link set inner up");

    public async ValueTask DisposeAsync()
    {
        await Ip($"link del {name}");
        line?.Dispose();
        await Ip($"netns del {name}");
    }

    private static Task<string> AddNamespace(out string here, out string there)
    {
        int number = Interlocked.Increment(ref laid);
        string name = string.Create(CultureInfo.InvariantCulture, $"fl{Environment.ProcessId}n{number}");
        // A network of four addresses in 198.18.0.0/15, which no host on the internet has (RFC 2544).
        int network = 4 * (((Environment.ProcessId * 8) + number) % 32_768);
        string of(int host) => string.Create(CultureInfo.InvariantCulture, $"198.{18 + (network >> 16)}.{(network >> 8) & 255}.{(network & 255) + host}");
        here = of(1);
        there = of(2);
        return Add();

        async Task<string> Add()
        {
            await Ip($"netns add {name}");
            return name;
        }
    }

    private static async Task Raise(string name, string here, string there)
    {
        await Ip($"address add {here}/30 dev {name}");
        await Ip($"address add fe80::1/64 dev {name} nodad");
        await Ip($"link set {name} up");
        await Ip($"-n {name} address add {there}/30 dev inner");
        await Ip($"-n {name} address add fe80::2/64 dev inner nodad");
        await Ip($"-n {name} link set inner up");
    }

    private static async Task Ip(string words) => (await Invocation.Of(["ip", .. words.Split(' ')]).Run()).Succeeded();
}
