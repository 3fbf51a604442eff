using Fairlead.Core.Control;
using Fairlead.Settings;

namespace Fairlead.Ssh;

/// <summary>
/// Puts the names of servers into events. The daemon does not know them: they stand in files of the person, who may have them on a file server.
/// So those are read only when a server is to be named.
/// </summary>
internal sealed class HostNames(Func<KnownHosts> read)
{
    private KnownHosts? known;

    public HostNames(Surroundings around) : this(() => KnownHosts.Read(around))
    {
    }

    public EventReport Complete(EventReport report) => report with
    {
        Host = Name(report.Host, report.Caller?.Destination),
        AskedBy = Name(report.AskedBy, null),
    };

    public QuestionReport Complete(QuestionReport question) => question with { Request = Complete(question.Request) };

    /// <summary>One that is not known may have been met just now: ssh writes it down before it logs in. Nobody gets the name of a server that is not proven.</summary>
    private HostReport? Name(HostReport? host, string? destination)
    {
        if (host is not { Proven: true })
        {
            return host;
        }

        string? name = known?.NameOf(host.Fingerprint, destination);
        if (name is null)
        {
            known = read();
            name = known.NameOf(host.Fingerprint, destination);
        }

        return host with { Name = name };
    }
}
