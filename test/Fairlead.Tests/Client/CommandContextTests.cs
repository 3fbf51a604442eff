using System.Net.Sockets;
using System.Text;
using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Proc;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Tests.Client;

public sealed class CommandContextTests : IDisposable
{
    private static readonly ControlRequest Question = new() { Verb = ControlVerb.Status };
    private static readonly Failure NotRunning = new(ExitCode.DaemonNotReachable, "the daemon is not running", "fairlead start");
    private readonly TempFolder folder = new();
    private readonly Surroundings around;
    private readonly CommandContext context;

    public CommandContextTests()
    {
        around = new Surroundings { Uid = CurrentProcess.Uid, Home = folder.Make("home"), HostName = "gateway", TemporaryFolder = folder.Make("tmp") };
        context = new CommandContext(around);
    }

    [Fact]
    public void Without_a_configuration_the_daemon_is_in_the_home()
    {
        Assert.Equal((folder["home/.ssh/fairlead/gateway.sock"], null), (context.FindLocation().Location?.Socket, context.Mistake));
        Assert.Null(context.StartObstacle);
    }

    [Fact]
    public void The_daemon_is_where_the_configuration_says()
    {
        Configure($"socket = \"{folder["home/a.sock"]}\"");

        Assert.Equal(folder["home/a.sock"], context.FindLocation().Location?.Socket);
        Assert.Equal(folder["home/a.sock"], context.FindLocationDespiteMistake().Location?.Socket);
    }

    [Fact]
    public void A_mistake_in_the_configuration_ends_what_does_not_ask_despite_it()
    {
        Configure("sockte = 1");

        Failure mistake = context.Mistake!;

        Assert.Equal((ExitCode.Usage, "did you mean 'socket'?"), (mistake.ExitCode, mistake.Hint));
        Assert.Equal((null, mistake), context.FindLocation());
        Assert.Equal((null, mistake), context.Connect(mayStart: true));
        Assert.Equal(new DaemonAnswer(ControlOutcome.NotReachable, null, mistake), context.Ask(Question));
        Assert.Equal(mistake, context.StartObstacle);
    }

    [Fact]
    public async Task Despite_a_mistake_in_the_configuration_the_daemon_is_asked_at_the_usual_place()
    {
        Configure("sockte = 1");
        DaemonLocation usual = context.FindLocationDespiteMistake().Location!;

        Task served = Serve(usual, "{\"error\":\"no\"}\n");

        Assert.Equal(folder["home/.ssh/fairlead/gateway.sock"], usual.Socket);
        Assert.Equal(new Failure(ExitCode.Failed, "no"), context.AskDespiteMistake(Question).Failure);
        await served;
    }

    [Fact]
    public void What_was_read_stays_until_it_is_read_again()
    {
        DaemonLocation? before = context.FindLocation().Location;
        Configure($"socket = \"{folder["home/a.sock"]}\"");

        Assert.Equal(before, context.FindLocation().Location);
        Assert.Equal(folder["home/a.sock"], context.ReadAgain().FindLocation().Location?.Socket);
    }

    [Fact]
    public void In_another_user_s_home_no_daemon_is_started()
    {
        var root = new CommandContext(around with { Uid = around.Uid + 1 });
        var login = new Ancestry { Processes = [], IsCutShort = true };

        Assert.True(context.MayStart(login, hasVariables: true));
        Assert.False(root.MayStart(login, hasVariables: true));
        Assert.Equal(NotRunning, root.Ask(Question).Failure);
        Assert.Equal(DaemonFailure.ForeignHome(ExitCode.Failed), root.StartObstacle);
    }

    [Fact]
    public void In_another_user_s_home_their_daemon_answers()
    {
        var root = new CommandContext(around with { Uid = around.Uid + 1 });

        Assert.Equal(around.Uid, root.FindLocation().Location?.State.Folders.Owner);
    }

    [Fact]
    public void Where_no_place_is_fit_the_first_is_named()
    {
        var homeless = new CommandContext(around with { Home = null, TemporaryFolder = folder.Make("open", 0x1ff) });
        Failure noPlace = homeless.FindLocation().Failure!;

        Assert.Equal((ExitCode.Failed, $"no place for the socket: {folder["open"]} is open to other users"), (noPlace.ExitCode, noPlace.Message));
        Assert.Equal(noPlace, homeless.FindLocationDespiteMistake().Failure);
        Assert.Equal(noPlace, homeless.StartObstacle);
        Assert.Equal(noPlace with { ExitCode = ExitCode.DaemonNotReachable }, homeless.Ask(Question).Failure);
    }

    [Fact]
    public void A_daemon_that_is_not_to_be_started_does_not_run()
    {
        Assert.Equal(new DaemonAnswer(ControlOutcome.NotReachable, null, NotRunning), context.Ask(Question, mayStart: false));
        Assert.Equal((null, NotRunning), context.Connect(mayStart: false));
        Assert.Equal(NotRunning, context.AskDespiteMistake(Question).Failure);
    }

    [Fact]
    public async Task The_daemon_s_answer_comes_back()
    {
        Task served = Serve(context.FindLocation().Location!, "{\"pin\":{\"agent\":\"card\"}}\n");

        DaemonAnswer answer = context.Ask(Question);

        Assert.Equal((ControlOutcome.Answered, "card", null), (answer.Outcome, answer.Reply?.Pin?.Agent, answer.Failure));
        await served;
    }

    [Fact]
    public async Task A_daemon_that_hangs_up_has_not_answered()
    {
        Task served = Serve(context.FindLocation().Location!, "");

        DaemonAnswer answer = context.Ask(Question);

        Assert.Equal((ControlOutcome.NoAnswer, null, "the daemon does not answer"), (answer.Outcome, answer.Reply, answer.Failure?.Message));
        await served;
    }

    [Fact]
    public void An_answer_to_another_question_is_another_version_s() =>
        Assert.Equal(DaemonFailure.OtherVersion(), new DaemonAnswer(ControlOutcome.Answered, new ControlReply(), null).Explain("fairlead why"));

    [Fact]
    public void A_hint_is_given_where_the_failure_has_none()
    {
        Assert.Equal("fairlead why", new DaemonAnswer(ControlOutcome.Answered, null, new Failure(ExitCode.Failed, "no")).Explain("fairlead why").Hint);
        Assert.Equal("fairlead start", new DaemonAnswer(ControlOutcome.NotReachable, null, NotRunning).Explain("fairlead why").Hint);
    }

    public void Dispose() => folder.Dispose();

    private void Configure(string text)
    {
        folder.Make("home/.config/fairlead");
        File.WriteAllText(folder["home/.config/fairlead/config.toml"], text);
    }

    /// <summary>Listens there, answers one question, and hangs up.</summary>
    private static Task Serve(DaemonLocation location, string answer)
    {
        Assert.True(location.State.Prepare().IsUsable);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(location.State.Control));
        listener.Listen();
        return Task.Run(() =>
        {
            using (listener)
            {
                using Socket accepted = listener.Accept();
                _ = accepted.Receive(new byte[1000]);
                accepted.Send(Encoding.UTF8.GetBytes(answer));
            }
        });
    }
}
