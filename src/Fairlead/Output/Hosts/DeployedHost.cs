using System.Text.Json.Serialization;

namespace Fairlead.Output.Hosts;

/// <summary>How it went with one host of <c>fairlead deploy</c>.</summary>
internal sealed record DeployedHost
{
    /// <summary>As it was named.</summary>
    public required string Host { get; init; }

    public required HostState State { get; init; }

    /// <summary>It was only looked at, and is not as it should be.</summary>
    [JsonIgnore]
    public bool WouldChange => State is HostState.WouldInstall or HostState.WouldReplace or HostState.WouldSetUp or HostState.WouldRestore or HostState.WouldRemove;

    /// <summary>As <c>uname -m</c> has it; null where it was not learnt.</summary>
    public string? Architecture { get; init; }

    /// <summary>The version that was there; null for none.</summary>
    public string? Before { get; init; }

    /// <summary>The version that is there now, or would be; null where it is not known.</summary>
    public string? After { get; init; }

    /// <summary>Why nothing was done, of <see cref="HostState.Failed"/>.</summary>
    public HostFault? Fault { get; init; }

    /// <summary>What the fault is about: a path, or what ssh or the host has said. Other people's words.</summary>
    public string? Detail { get; init; }
}

/// <summary>What became of a host.</summary>
internal enum HostState
{
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>There was none before.</summary>
    [JsonStringEnumMemberName("installed")]
    Installed,

    [JsonStringEnumMemberName("replaced")]
    Replaced,

    /// <summary>The program was the right one; what setup writes was not there, or not all of it.</summary>
    [JsonStringEnumMemberName("set-up")]
    SetUp,

    [JsonStringEnumMemberName("unchanged")]
    Unchanged,

    /// <summary>What the last deploy replaced is back.</summary>
    [JsonStringEnumMemberName("restored")]
    Restored,

    /// <summary>What the last deploy brought is gone.</summary>
    [JsonStringEnumMemberName("removed")]
    Removed,

    [JsonStringEnumMemberName("would-install")]
    WouldInstall,

    [JsonStringEnumMemberName("would-replace")]
    WouldReplace,

    /// <summary>The program is the right one; what setup writes is not there, or not all of it.</summary>
    [JsonStringEnumMemberName("would-set-up")]
    WouldSetUp,

    [JsonStringEnumMemberName("would-restore")]
    WouldRestore,

    [JsonStringEnumMemberName("would-remove")]
    WouldRemove,
}
