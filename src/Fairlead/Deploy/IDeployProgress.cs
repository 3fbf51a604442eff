using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>Is told how it goes with each host, on the loop's thread.</summary>
internal interface IDeployProgress
{
    /// <param name="percent">Of the program that has arrived there; counts while it is sent.</param>
    void Tell(string host, HostStage stage, int percent = 0);

    /// <summary>It has ended with this host.</summary>
    void Finish(DeployedHost report);

    /// <summary>From now on the terminal is ssh's: it asks the person about this host.</summary>
    void Ask(string host);

    /// <summary>These are not stopped any more: they have the program.</summary>
    void Await(IReadOnlyList<string> hosts);
}
