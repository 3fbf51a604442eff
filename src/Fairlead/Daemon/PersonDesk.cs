using Fairlead.Asking;
using Fairlead.Core.Asking;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Relay;
using Fairlead.Handlers;
using Fairlead.Launch;
using Fairlead.Output;
using Fairlead.Settings;
using Fairlead.Ssh;

namespace Fairlead.Daemon;

/// <summary>All that asks the person about signatures: the desk, what shows its questions, and the handlers that take the answers.</summary>
internal sealed class PersonDesk
{
    private readonly BlockingWorker worker;
    private readonly RelayOptions options;

    public PersonDesk(BlockingWorker worker, RoutePlanner planner, RelayOptions options, DaemonProgram program)
    {
        this.worker = worker;
        this.options = options;
        Desk = new AskingDesk(worker.Loop);
        var presenter = new QuestionPresenter(worker, planner, program, Describe);
        Desk.Asked = presenter.Show;
        var check = new AnswererCheck(planner, presenter);
        var shown = new ShownQuestions();
        Handlers = [new QuestionHandler(Desk, check, shown), new VerdictHandler(Desk, check, shown), new ForgetHandler(Desk)];
    }

    public AskingDesk Desk { get; }

    public IReadOnlyList<IControlHandler> Handlers { get; }

    /// <summary>For one conversation.</summary>
    public PersonAsking Begin() => new(worker, Desk, options);

    /// <summary>With the name of the server, as known_hosts has it now.</summary>
    private static string Describe(Question question)
    {
        var hosts = new HostNames(Surroundings.Read());
        return QuestionSentence.Of(hosts.Complete(QuestionReports.Of(question)));
    }
}
