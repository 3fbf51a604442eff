using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Planning;
using Fairlead.Launch;

namespace Fairlead.Handover;

/// <summary>What a daemon gets from the one before it, or from systemd: descriptors that are open already, and what they are.</summary>
/// <remarks>
/// From a daemon as text in an environment variable, one line each: what it is, the descriptor, then for a socket device and inode of its file and its
/// path. Who was attached or typed when is not passed on.
/// </remarks>
internal sealed record HandoverState
{
    /// <summary>Nobody was there before.</summary>
    public static HandoverState None { get; } = new();

    public HandedOverSocket? Agent { get; init; }

    public HandedOverSocket? Control { get; init; }

    /// <summary>The same at other paths: of a host that had another name, say.</summary>
    public IReadOnlyList<HandedOverSocket> FurtherAgents { get; init; } = [];

    /// <summary>Control sockets at other paths: where systemd's units of before listen.</summary>
    public IReadOnlyList<HandedOverSocket> FurtherControls { get; init; } = [];

    /// <summary>What the names of the daemon's own files begin with; null from a daemon whose files stand beside the agent socket.</summary>
    public string? State { get; init; }

    /// <summary>At old paths.</summary>
    public IReadOnlyList<HandedOverSocket> StalePaths { get; init; } = [];

    /// <summary>The descriptor of the instance's lock, or -1: then it must be taken.</summary>
    public int Lock { get; init; } = -1;

    /// <summary>Agents that logins have named, each held by a descriptor.</summary>
    public IReadOnlyList<HandedOverRegistration> Registered { get; init; } = [];

    /// <summary>The same from a daemon that knew no more than their paths.</summary>
    public IReadOnlyList<string> RegisteredPaths { get; init; } = [];

    /// <summary>What the person pinned.</summary>
    public Pin? Pin { get; init; }

    /// <summary>What the daemon says goes where it went before, and not into the log file.</summary>
    public bool KeepsStreams { get; init; }

    /// <summary>A daemon went before; its successor must take all of it or nothing.</summary>
    public bool IsComplete => Lock >= 0;

    /// <summary>The path of a socket that systemd made.</summary>
    public string? SystemdPath => Agent is { Identity: null } agent && !IsComplete ? agent.Path : null;

    /// <summary>Reads what there is, and takes it out of the environment.</summary>
    public static HandoverState FromEnvironment()
    {
        string? text = Environment.GetEnvironmentVariable(StartVariables.Handover);
        Environment.SetEnvironmentVariable(StartVariables.Handover, null);
        return text is not null ? Parse(text) : SystemdSockets.FromEnvironment();
    }

    public string Format()
    {
        var text = new StringBuilder();
        void Line(string what, params ReadOnlySpan<object> rest) =>
            text.Append(what).Append(' ').Append(string.Join(' ', rest.ToArray().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))).Append('\n');
        void Socket(string what, HandedOverSocket socket) =>
            Line(what, socket.Descriptor, socket.Identity?.Device ?? 0, socket.Identity?.Inode ?? 0, socket.Path);

        Line("lock", Lock);
        if (State is { } state && !state.Contains('\n'))
        {
            Line("state", state);
        }

        Socket("agent", Agent!.Value);
        foreach (HandedOverSocket socket in FurtherAgents)
        {
            Socket("further-agent", socket);
        }

        Socket("control", Control!.Value);
        foreach (HandedOverSocket socket in FurtherControls)
        {
            Socket("further-control", socket);
        }

        foreach (HandedOverSocket socket in StalePaths)
        {
            Socket("healed", socket);
        }

        foreach (HandedOverRegistration login in Registered.Where(login => !login.Path.Contains('\n')))
        {
            Line("held", login.Descriptor, login.Registrant, login.Path);
        }

        switch (Pin)
        {
            case AgentPin agent when !agent.Path.Contains('\n'):
                Line("pinned", agent.Identity.Device, agent.Identity.Inode, agent.Created.UtcTicks, agent.Path);
                break;
            case LaptopPin laptop when !laptop.Laptop.Contains('\n'):
                Line("pinned-address", laptop.Laptop);
                break;
        }

        if (KeepsStreams)
        {
            Line("streams", "kept");
        }

        return text.ToString();
    }

    /// <summary>A line that is not understood is passed over: the daemon before may be of another version.</summary>
    public static HandoverState Parse(string text)
    {
        var parsed = new HandoverState();
        foreach (string line in text.Split('\n'))
        {
            parsed = line.Split(' ', 2) switch
            {
                ["lock", var number] when TryNumber(number, out int descriptor) => parsed with { Lock = descriptor },
                ["state", ['/', ..] prefix] => parsed with { State = prefix },
                ["agent", var rest] when ParseSocket(rest) is { } socket => parsed with { Agent = socket },
                ["further-agent", var rest] when ParseSocket(rest) is { } socket => parsed with { FurtherAgents = [.. parsed.FurtherAgents, socket] },
                ["further-control", var rest] when ParseSocket(rest) is { } socket => parsed with { FurtherControls = [.. parsed.FurtherControls, socket] },
                ["control", var rest] when ParseSocket(rest) is { } socket => parsed with { Control = socket },
                ["healed", var rest] when ParseSocket(rest) is { } socket => parsed with { StalePaths = [.. parsed.StalePaths, socket] },
                ["held", var rest] when ParseRegistration(rest) is { } login => parsed with { Registered = [.. parsed.Registered, login] },
                ["registered", var path] => parsed with { RegisteredPaths = [.. parsed.RegisteredPaths, path] },
                ["pinned", var rest] when ParsePin(rest) is { } pin => parsed with { Pin = pin },
                ["pinned-address", { Length: > 0 } address] => parsed with { Pin = new LaptopPin(address) },
                ["streams", "kept"] => parsed with { KeepsStreams = true },
                _ => parsed,
            };
        }

        return parsed;
    }

    private static HandedOverSocket? ParseSocket(string text) =>
        text.Split(' ', 4) is [var number, var device, var inode, { Length: > 0 } path]
        && TryNumber(number, out int descriptor)
        && FileIdentity.TryParse(device, inode, out FileIdentity identity)
            ? new HandedOverSocket(descriptor, identity.Inode == 0 ? null : identity, path)
            : null;

    private static HandedOverRegistration? ParseRegistration(string text) =>
        text.Split(' ', 3) is [var number, var registrant, { Length: > 0 } path] && TryNumber(number, out int descriptor) && TryNumber(registrant, out int pid)
            ? new HandedOverRegistration(descriptor, pid, path)
            : null;

    private static AgentPin? ParsePin(string text) =>
        text.Split(' ', 4) is [var device, var inode, var created, { Length: > 0 } path]
        && FileIdentity.TryParse(device, inode, out FileIdentity identity)
        && long.TryParse(created, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
        && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new AgentPin(path, identity, new DateTimeOffset(ticks, TimeSpan.Zero))
            : null;

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>The agent of a login.</summary>
/// <param name="Descriptor">Names its socket.</param>
/// <param name="Registrant">The login's process that has named it.</param>
internal readonly record struct HandedOverRegistration(int Descriptor, int Registrant, string Path);

/// <summary>A listening socket that another process made.</summary>
/// <param name="Identity">Of its file; null when systemd made it, and keeps it.</param>
internal readonly record struct HandedOverSocket(int Descriptor, FileIdentity? Identity, string Path);
