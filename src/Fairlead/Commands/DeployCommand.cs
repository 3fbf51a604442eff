using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Deploy;
using Fairlead.Json;
using Fairlead.Output;
using Fairlead.Output.Hosts;
using Fairlead.Settings;

namespace Fairlead.Commands;

/// <summary><c>fairlead deploy HOST...</c>: fairlead on every machine that one connects through. Asks once, before the first connection.</summary>
internal static class DeployCommand
{
    /// <summary>What shells end with after Ctrl-C.</summary>
    private const int Interrupted = 130;

    /// <summary>Bytes of a list of hosts.</summary>
    private const int MaxList = 1024 * 1024;

    private const int MaxJobs = 64;

    public static Command Create()
    {
        var hosts = new Argument<string[]>("host") { Arity = ArgumentArity.OneOrMore, HelpName = "HOST", Description = "a host, a pattern, or - for a list" };
        var check = new Option<bool>("--check") { Description = "show what would change; exit code 1 if anything would" };
        var undo = new Option<bool>("--undo") { Description = "bring back what the last deploy replaced" };
        var systemd = new Option<bool>("--systemd") { Description = "have your systemd there listen and start the daemon" };
        var force = new Option<bool>("--force") { Description = "replace a newer one, and ignore one from a package" };
        var jobs = new Option<int?>("--jobs") { HelpName = "N", Description = "hosts at the same time (default: 8)", CustomParser = ParseJobs };
        var from = new Option<string?>("--from") { HelpName = "PATH", Description = "the folder that holds the programs" };
        var prefix = new Option<string?>("--prefix") { HelpName = "DIR", Description = "below your home there, unless it begins with /" };
        Option<TimeSpan?> patience = TimeOption.Create("--timeout", "give up on a host that is silent for so long");
        var configuration = new Option<string?>("--ssh-config", "-F") { HelpName = "FILE", Description = "the ssh_config to use" };
        Option<bool> json = JsonOption.Create();
        var yes = new Option<bool>("--yes", "-y") { Description = "do not ask" };
        var command = new DocumentedCommand(
            "deploy",
            "install fairlead on other machines, and set it up there",
            new Example("fairlead deploy gateway", "one machine"),
            new Example("fairlead deploy 'web*' '!web03'", "those in your ssh_config"),
            new Example("fairlead deploy - <hosts", "a list, one host a line"),
            new Example("fairlead deploy --check 'web*'", "what would happen"),
            new Example("fairlead deploy --undo gateway", "undo the last deploy"))
        {
            Notes =
            [
                "It asks once, then makes one ssh connection to each host, with your ssh_config,",
                "keys, agent and passwords. It does not forward your agent. The program becomes",
                "~/.local/bin/fairlead there; it is tried before it replaces another one, which",
                "is kept for --undo. Then 'fairlead setup' and 'fairlead restart' run there.",
                "For another architecture it uses a release in its own folder,",
                "fairlead-VERSION-linux-ARCHITECTURE.tar.gz. --from names another folder, where",
                "it may also be a program named fairlead-linux-ARCHITECTURE.",
            ],
        };
        command.Add(hosts);
        foreach (Option option in (Option[])[check, undo, systemd, force, jobs, from, prefix, patience, configuration, json, yes])
        {
            command.Add(option);
        }

        command.Validators.Add(result => Check(result, prefix));
        command.SetAction(parse =>
        {
            var request = new DeployRequest
            {
                Task = (parse.GetValue(check), parse.GetValue(undo)) switch
                {
                    (true, true) => DeployTask.CheckUndo,
                    (true, false) => DeployTask.Check,
                    (false, true) => DeployTask.Undo,
                    _ => DeployTask.Install,
                },
                WithSystemd = parse.GetValue(systemd),
                Force = parse.GetValue(force),
                Jobs = parse.GetValue(jobs) ?? DeployRequest.UsualJobs,
                Prefix = BelowHome(parse.GetValue(prefix) ?? DeployRequest.UsualPrefix, Surroundings.Read().Home),
                Patience = parse.GetValue(patience) ?? DeployRequest.UsualPatience,
                ConfigurationFile = parse.GetValue(configuration) is { } file ? Path.GetFullPath(file) : null,
            };
            var programs = new ProgramFiles(parse.GetValue(from) is { } folder ? Path.GetFullPath(folder) : null, OwnProgram.Path, ProgramVersion.Text);
            return Run(parse.GetRequiredValue(hosts), request, programs, parse.GetValue(json), parse.GetValue(yes), parse.InvocationConfiguration);
        });
        return command;
    }

    private static int Run(string[] words, DeployRequest request, ProgramFiles programs, bool json, bool yes, InvocationConfiguration streams)
    {
        bool isList = words.Contains("-");
        if ((isList ? ReadInput() : "") is not { } list)
        {
            return new Failure(ExitCode.Failed, "the list of hosts is longer than 1 MiB", "fairlead deploy - <hosts").WriteTo(streams.Error);
        }

        IEnumerable<string> listed = HostList.InText(list);
        (IReadOnlyList<string> hosts, Failure? failure) = HostList.Of([.. words.Where(word => word != "-"), .. listed], () => HostList.Configured(Surroundings.Read(), request.ConfigurationFile));
        if (failure is not null)
        {
            return failure.WriteTo(streams.Error);
        }

        if (request.Task is DeployTask.Install or DeployTask.Undo && !yes)
        {
            if (!ShowPlan(hosts, request, programs, json, streams))
            {
                return ExitCode.Failed;
            }

            if (!(isList ? AgreesBesideList() : Agreement.Ask(streams.Output)))
            {
                return new Failure(ExitCode.Failed, "nothing was changed", isList ? "fairlead deploy --yes - <hosts" : "fairlead deploy --yes, or --check").WriteTo(streams.Error);
            }
        }

        (IReadOnlyList<DeployedHost> reports, bool wasStopped) = RunShown(hosts, request, programs, json, streams);
        var report = new DeployReport { Hosts = reports };
        streams.Output.Write(json
            ? JsonLine.Of(report, DeployJson.Default.DeployReport)
            : DeployView.Render(report, OutputStyle.For(streams.Output)));
        return wasStopped ? Interrupted : reports.Any(host => host.State is HostState.Failed || host.WouldChange) ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>What was drawn is gone when it returns: the table comes in its place.</summary>
    private static (IReadOnlyList<DeployedHost> Reports, bool WasStopped) RunShown(
        IReadOnlyList<string> hosts, DeployRequest request, ProgramFiles programs, bool json, InvocationConfiguration streams)
    {
        bool canDraw = !json && streams.Output is StandardWriter { Columns: not null } && Surroundings.Variable("TERM") is not (null or "dumb");
        using LiveProgress? live = canDraw ? new LiveProgress(hosts.Count) : null;
        return Run(hosts, request, programs, live ?? (IDeployProgress)new PlainProgress(json ? streams.Error : streams.Output));
    }

    /// <summary>What an undo would bring back only the hosts know: each is looked at first.</summary>
    /// <returns>False when there is nothing to be asked about.</returns>
    private static bool ShowPlan(IReadOnlyList<string> hosts, DeployRequest request, ProgramFiles programs, bool json, InvocationConfiguration streams)
    {
        OutputStyle style = OutputStyle.For(streams.Output);
        if (request.Task == DeployTask.Install)
        {
            streams.Output.Write(DeployView.Plan(hosts, ProgramVersion.Text, request.Target, $"fairlead setup {request.SetupOption}".TrimEnd(), style));
            return true;
        }

        (IReadOnlyList<DeployedHost> reports, bool wasStopped) = RunShown(hosts, request with { Task = DeployTask.CheckUndo }, programs, json, streams);
        streams.Output.Write(DeployView.Render(new DeployReport { Hosts = reports }, style));
        return !wasStopped && reports.Any(host => host.WouldChange);
    }

    private static (IReadOnlyList<DeployedHost> Reports, bool WasStopped) Run(
        IReadOnlyList<string> hosts, DeployRequest request, ProgramFiles programs, IDeployProgress progress)
    {
        Exception? mistake = null;
        bool wasStopped = false;
        using var loop = new EventLoop(TimeProvider.System);
        loop.Faulted = fault =>
        {
            mistake ??= fault;
            loop.Stop();
        };
        var run = new DeployRun(loop, request, programs, progress, AskingTerminal.IsThere);
        PosixSignalRegistration[] stops =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                loop.Post(() =>
                {
                    wasStopped = true;
                    run.Stop();
                });
            })),
        ];
        IReadOnlyList<DeployedHost> reports = run.Run(hosts);
        Array.ForEach(stops, stop => stop.Dispose());
        return mistake is null ? (reports, wasStopped) : throw mistake;
    }

    /// <returns>Null when there is more than one may want to have read.</returns>
    private static string? ReadInput()
    {
        byte[] bytes = new byte[MaxList + 1];
        int length = Descriptor.Read(StandardStream.Input, bytes);
        return length > MaxList ? null : Encoding.UTF8.GetString(bytes, 0, Math.Max(length, 0));
    }

    /// <summary>Standard input is the list of hosts, so the answer must come from elsewhere.</summary>
    private static bool AgreesBesideList() => AskingTerminal.Ask(Agreement.Question) is { } answer && Agreement.IsYes(answer);

    /// <summary>A prefix relative to the home there. The shell here may have put this home in the place of a tilde.</summary>
    /// <param name="home">This person's, here; null when it is not known.</param>
    internal static string BelowHome(string prefix, string? home)
    {
        foreach (string own in (string[])["~", home?.TrimEnd('/') ?? "~"])
        {
            if (own.Length > 0 && (prefix == own || prefix.StartsWith(own + "/", StringComparison.Ordinal)))
            {
                string rest = prefix[own.Length..].TrimStart('/');
                return rest.Length > 0 ? rest : ".";
            }
        }

        return prefix;
    }

    private static void Check(CommandResult result, Option<string?> prefix)
    {
        // One without a value is a mistake already, and has none to be asked for.
        if (result.GetResult(prefix) is { Tokens: [{ Value: var folder }] } && (folder.Length == 0 || folder.Any(char.IsControl)))
        {
            result.AddError("--prefix needs a folder");
        }
    }

    private static int? ParseJobs(ArgumentResult result)
    {
        string token = result.Tokens[0].Value;
        if (int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs is >= 1 and <= MaxJobs)
        {
            return jobs;
        }

        result.AddError($"'{token}' is not a number from 1 to {MaxJobs}");
        return null;
    }
}
