using System.CommandLine;
using System.CommandLine.Help;
using Fairlead.Output;

namespace Fairlead.Commands;

/// <summary>All that fairlead understands. Help, completion and suggestions are made from it.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("one SSH_AUTH_SOCK that never goes stale");
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(new HelpOption("--help", "-h") { Action = new HelpAction(), Recursive = true, Description = "show this help" });
        root.Add(new VersionOption("--version", "-V") { Action = new VersionAction(), Description = "show the version" });
        root.Add(InitCommand.Create());
        root.Add(StatusCommand.Create());
        root.Add(WhyCommand.Create());
        root.Add(ListCommand.Create());
        root.Add(EnvCommand.Create());
        root.Add(WatchCommand.Create());
        root.Add(EventsCommand.Create());
        root.Add(LogCommand.Create());
        root.Add(DoctorCommand.Create());
        root.Add(PinCommand.Create());
        root.Add(UnpinCommand.Create());
        root.Add(WaitCommand.Create());
        root.Add(AnswerCommand.Create());
        root.Add(ForgetCommand.Create());
        root.Add(ExecCommand.Create());
        root.Add(SetupCommand.Create(root));
        root.Add(DeployCommand.Create());
        root.Add(PathCommand.Create());
        root.Add(ConfigCommand.Create());
        root.Add(StartCommand.Create());
        root.Add(RestartCommand.Create());
        root.Add(StopCommand.Create());
        root.Add(DaemonCommand.Create());
        root.Add(CompletionsCommand.Create(root));
        root.Add(HelpCommand.Create(root));
        root.SetAction(parse =>
        {
            parse.InvocationConfiguration.Output.Write(HelpPage.For(root));
            return ExitCode.Done;
        });
        return root;
    }
}
