namespace Fairlead.Output.Hosts;

/// <summary>What <c>fairlead deploy --json</c> prints.</summary>
internal sealed record DeployReport
{
    public int Version { get; init; } = 1;

    /// <summary>Anything is another than before on any host.</summary>
    public bool Changed => Hosts.Any(host => host.State is HostState.Installed or HostState.Replaced or HostState.SetUp or HostState.Restored or HostState.Removed);

    /// <summary>In the order in which they were named.</summary>
    public required IReadOnlyList<DeployedHost> Hosts { get; init; }
}
