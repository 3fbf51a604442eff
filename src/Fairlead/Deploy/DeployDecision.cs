using System.Globalization;
using Fairlead.Launch;
using Fairlead.Output.Hosts;

namespace Fairlead.Deploy;

/// <summary>What is to be done with a host, from what it has said of itself alone.</summary>
/// <param name="Report">How it ends if nothing goes wrong.</param>
/// <param name="Line">What the script is told; null where nothing is to be done.</param>
/// <param name="Payload">What follows that line; null for nothing.</param>
internal sealed record DeployDecision(DeployedHost Report, string? Line = null, ProgramFile? Payload = null)
{
    /// <summary>What setup and the daemon may need beside the program, in KiB.</summary>
    private const long Reserve = 256;

    public static DeployDecision Of(string host, RemoteFacts facts, DeployRequest request, ProgramFiles programs)
    {
        var report = new DeployedHost { Host = host, State = HostState.Failed, Architecture = facts.Machine, Before = facts.Number };
        if (facts.System != "Linux")
        {
            return Refused(report, HostFault.NotLinux, facts.System);
        }

        if (!facts.HasHome)
        {
            return Refused(report, HostFault.NoHome);
        }

        return request.Task switch
        {
            DeployTask.Undo => Undo(report, facts),
            DeployTask.CheckUndo => CheckUndo(report, facts),
            _ => Put(report, facts, request, programs),
        };
    }

    private static DeployDecision Undo(DeployedHost report, RemoteFacts facts) => facts.Kept switch
    {
        "program" => new(report with { State = HostState.Restored }, "undo"),
        "nothing" => new(report with { State = HostState.Removed }, "undo"),
        _ => Refused(report, HostFault.NothingKept),
    };

    private static DeployDecision CheckUndo(DeployedHost report, RemoteFacts facts) => facts.Kept switch
    {
        "program" => new(report with { State = HostState.WouldRestore }),
        "nothing" => new(report with { State = HostState.WouldRemove }),
        _ => Refused(report, HostFault.NothingKept),
    };

    private static DeployDecision Put(DeployedHost report, RemoteFacts facts, DeployRequest request, ProgramFiles programs)
    {
        if (facts.Shown is "link" or "other" || facts.Seen is "link" or "other" or "launcher")
        {
            return Refused(report, facts.Shown == "link" ? HostFault.IsLink : HostFault.AnotherProgram, facts.Target);
        }

        if (facts.Package is { } package && facts.Shown == "none" && !request.Force)
        {
            return Refused(report with { Before = package.Number }, HostFault.Package, package.Path);
        }

        (ProgramFile? program, string looked) = programs.For(facts.Machine);
        if (program is null)
        {
            return Refused(report, HostFault.NoProgram, looked);
        }

        report = report with { After = program.Number.Length > 0 ? program.Number : null };
        if (facts.Digest == program.Digest)
        {
            string verb = request.Task == DeployTask.Check ? "check" : "setup";
            return new(report with { State = HostState.Unchanged }, $"{verb} {request.SetupOption}".TrimEnd());
        }

        if (!request.Force && ReleaseVersion.Parse(facts.Number) is { } there && ReleaseVersion.Parse(program.Number) is { } ours && there.CompareTo(ours) > 0)
        {
            return Refused(report, HostFault.Newer);
        }

        if (facts.Obstacle is { } obstacle)
        {
            return Refused(report, obstacle, facts.Target);
        }

        if (facts.Free is { } free && free < (program.Bytes.Length / 1024) + Reserve)
        {
            return Refused(report, HostFault.Full, facts.Target);
        }

        bool isNew = facts.Seen == "none";
        if (request.Task == DeployTask.Check)
        {
            return new(report with { State = isNew ? HostState.WouldInstall : HostState.WouldReplace });
        }

        string line = string.Create(CultureInfo.InvariantCulture, $"put {program.Bytes.Length} {program.Digest} {facts.Digest} {request.SetupOption}");
        return new(report with { State = isNew ? HostState.Installed : HostState.Replaced }, line.TrimEnd(), program);
    }

    private static DeployDecision Refused(DeployedHost report, HostFault fault, string? detail = null) =>
        new(report with { State = HostState.Failed, Fault = fault, Detail = detail });
}
