using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Spawning;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Planning;
using Fairlead.Launch;

namespace Fairlead.Asking;

/// <summary>
/// Brings a question to the person: on the caller's terminal, in a popup of tmux, or by a message. It is always <c>fairlead answer</c> that
/// asks, and the answer comes over the control socket: how that program or a popup ends says nothing. Belongs to the loop.
/// </summary>
/// <param name="program">What the daemon was started from.</param>
/// <param name="describe">What is asked, in a sentence; it may read files, so it runs on the worker.</param>
internal sealed class QuestionPresenter(BlockingWorker worker, RoutePlanner planner, DaemonProgram program, Func<Question, string> describe)
{
    /// <summary>With the frame, as the rows.</summary>
    private const int MostColumns = 76;

    private const int Rows = 9;

    private const string MessageTime = "5000";

    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1);

    /// <summary>A question waits long enough to ask a busy tmux again.</summary>
    private static readonly TimeSpan TmuxTimeout = TimeSpan.FromMilliseconds(900);

    /// <summary>For a message: tmux is asked up to three times.</summary>
    private static readonly TimeSpan TellTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks at whether the person still types.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(400);

    /// <summary>Who types for so long gets a message.</summary>
    private static readonly TimeSpan LongTyping = TimeSpan.FromSeconds(10);

    private readonly EventLoop loop = worker.Loop;
    private readonly ServerPrograms programs = new(worker.Loop.Time) { Patience = TmuxTimeout, Pause = TimeSpan.Zero };
    private readonly Dictionary<Question, (AskingPlace Place, int Pid)> open = [];
    private readonly HashSet<string> taken = [];

    /// <summary>The file may have been replaced or removed since; what runs is still there.</summary>
    private string Path => program.Path.StartsWith("/proc/", StringComparison.Ordinal) ? $"/proc/{CurrentProcess.Pid}/exe" : program.Path;

    public void Show(Question question) => loop.Observe(ShowAsync(question));

    /// <summary>
    /// Where we ask a question at this moment, and the process that we have started for it: on the caller's terminal <c>fairlead answer</c>
    /// itself, for a popup a client of tmux. Null and 0 if it is nowhere.
    /// </summary>
    public (AskingPlace? Place, int Pid) PlaceOf(Question question) => open.GetValueOrDefault(question);

    /// <summary>The clients of a tmux server at this moment; null if it does not answer.</summary>
    public async ValueTask<IReadOnlyList<TmuxClientState>?> ClientsOfAsync(MultiplexerServer server) =>
        await worker.RunAsync<IReadOnlyList<TmuxClientState>?>(() => TmuxClientState.Read(programs, server, TmuxTimeout), ReadTimeout);

    /// <summary>The first processes of the panes of a tmux server; null if it does not answer.</summary>
    public async ValueTask<IReadOnlyCollection<string>?> PanesOfAsync(MultiplexerServer server) => (await worker.RunAsync(
        () => programs.Ask(server, TmuxTimeout, () => TmuxCommand.For(server, "list-panes", "-a", "-F", "#{pane_pid}")), ReadTimeout))?.Split('\n');

    /// <summary>One place after another, each once, until somebody has answered. Then messages; and if nobody can get one, nobody is there.</summary>
    private async Task ShowAsync(Question question)
    {
        var tried = new HashSet<AskingPlace>();
        while (question.Ruling is null)
        {
            IReadOnlyList<QuestionPlace> places = await FindPlacesAsync(question.Subject);
            AskingPlace? next = places.OfType<AskingPlace>().FirstOrDefault(place => !tried.Contains(place));
            if (next is null)
            {
                QuestionPlace[] messages = [.. places.Where(place => place is not AskingPlace)];
                if (!await TellAsync(question, messages.Length > 0 ? messages : await FindElsewhereAsync()))
                {
                    question.End(new Ruling(Verdict.Nobody));
                }

                return;
            }

            if (await TakeAsync(next.Terminal, question))
            {
                tried.Add(next);
                try
                {
                    await (next is TmuxPopup popup ? AskInPopupAsync(question, popup) : AskOnTerminalAsync(question, next));
                }
                finally
                {
                    taken.Remove(next.Terminal);
                }
            }
        }
    }

    /// <summary>One question at a time on a terminal: tmux has one popup there, and two programs that read keys would share them.</summary>
    /// <returns>False when the question has ended meanwhile.</returns>
    private async ValueTask<bool> TakeAsync(string terminal, Question question)
    {
        while (question.Ruling is null && taken.Contains(terminal))
        {
            await question.WaitAsync(loop, LookAgain);
        }

        return question.Ruling is null && taken.Add(terminal);
    }

    private async ValueTask<IReadOnlyList<QuestionPlace>> FindPlacesAsync(QuestionSubject subject)
    {
        Caller caller = await planner.FindAsync(subject.Identity);
        bool isOwn = subject.Asker.Terminal is string terminal && await IsPersonsOwnAsync(terminal, caller, subject);
        return PlaceChoice.For(isOwn ? subject.Asker : subject.Asker with { Terminal = null }, caller);
    }

    /// <summary>
    /// Any program can run ssh on a terminal that it has made: the person's own is that of a login, or of the pane that gets the keys of a
    /// client. Not of a program that a rule restricts, by whichever rule it is asked about.
    /// </summary>
    private async ValueTask<bool> IsPersonsOwnAsync(string terminal, Caller caller, QuestionSubject subject)
    {
        bool isPlace = caller.Multiplexer switch
        {
            null => subject.Asker.IsAtPersonTerminal || await IsOfLoginAsync(terminal),
            { Kind: Tmux } tmux => (await ClientsOfAsync(tmux))?.Any(client => client.Pane == terminal) == true,
            _ => true,
        };
        return isPlace && await planner.FindRestrictionAsync(subject.Identity) is null;
    }

    /// <summary>sshd has made the terminal for a login.</summary>
    public async ValueTask<bool> IsOfLoginAsync(string terminal) =>
        (await planner.Activity.FindLoginsAsync()).Any(login => login.Terminals.Any(own => own.Device == terminal));

    private async ValueTask<IReadOnlyList<QuestionPlace>> FindElsewhereAsync()
    {
        IReadOnlyCollection<Login> logins = await planner.Activity.FindLoginsAsync();
        Dictionary<string, MultiplexerServer> holders = await worker.RunAsync(FindHolders, ReadTimeout) ?? [];
        return PlaceChoice.Elsewhere(logins, holders);
    }

    /// <summary>The multiplexers whose clients are on terminals, by terminal.</summary>
    private static Dictionary<string, MultiplexerServer> FindHolders()
    {
        var holders = new Dictionary<string, MultiplexerServer>();
        foreach (MultiplexerServer server in MultiplexerFolders.Read().Sockets.Select(MultiplexerSearch.ServerOf).OfType<MultiplexerServer>())
        {
            foreach (MultiplexerClient client in server.Kind.Clients(server))
            {
                holders.TryAdd(client.Terminal, server);
            }
        }

        return holders;
    }

    private async ValueTask AskOnTerminalAsync(Question question, AskingPlace place)
    {
        int Start()
        {
            int terminal = OtherTerminal.Open(place.Terminal);
            if (terminal < 0)
            {
                return terminal;
            }

            int copied = PassedDescriptors.TryCopy([terminal, terminal, terminal], out PassedDescriptors? copies);
            Descriptor.Close(terminal);
            using (copies)
            {
                return copied < 0 ? copied : ChildProcess.Start(Path, Arguments(question), program.Environment, copies!, ownSession: true);
            }
        }

        int pid = await worker.RunAsync(Start, ReadTimeout, Discard);
        await AskAsync(question, place, pid, () => LibC.kill(pid, LibC.SIGKILL));
    }

    /// <summary>Opens it when the person pauses. It may show nothing (another popup is open) or end without an answer (the client detaches).</summary>
    private async ValueTask AskInPopupAsync(Question question, TmuxPopup place)
    {
        long began = loop.Time.GetTimestamp();
        bool hasTold = false;
        while (question.Ruling is null)
        {
            TimeSpan waited = loop.Time.GetElapsedTime(began);
            IReadOnlyList<TmuxClientState>? clients = await ClientsOfAsync(place.Server);
            TmuxClientState? client = clients?.FirstOrDefault(client => client.Terminal == place.Terminal);
            if (clients is null ? waited > LongTyping : client is not { HasRoom: true })
            {
                return;
            }

            if (client?.PausesAt(loop.Time.GetUtcNow()) == true)
            {
                await OpenPopupAsync(question, place, Math.Min(client.Columns, MostColumns));
                return;
            }

            // Not at once: while tmux shows a message, it draws nothing else on that client, a popup neither.
            hasTold = hasTold || (waited > LongTyping && await TellAsync(question, [new TmuxMessage(place.Server, place.Terminal)]));
            await question.WaitAsync(loop, LookAgain);
        }
    }

    private async ValueTask OpenPopupAsync(Question question, TmuxPopup place, int columns)
    {
        string client = $"/dev/{place.Terminal}";
        string[] popup = ["display-popup", "-c", client, "-E", "-w", $"{columns}", "-h", $"{Rows}", Path, .. Arguments(question).Skip(1)];
        int pid = await worker.RunAsync(
            () => TmuxCommand.For(place.Server, popup) is string[] words ? ServerPrograms.Start(place.Server, words) : -Errno.ENOENT, ReadTimeout, Discard);
        await AskAsync(question, place, pid, () => Ask(place.Server, () => TmuxCommand.For(place.Server, "display-popup", "-C", "-c", client)));
    }

    private static string[] Arguments(Question question) => ["fairlead", "answer", $"{question.Number}"];

    /// <summary>One that was started so late that nobody waits for it.</summary>
    private static void Discard(int pid)
    {
        if (pid > 0)
        {
            _ = ChildProcess.Reap(pid, kill: true);
        }
    }

    /// <summary>The question is at a place until the process that we have started there ends.</summary>
    /// <param name="pid">Zero, or minus errno, if it could not be started.</param>
    /// <param name="close">Ends it if it outlives its question: its terminal may take no output.</param>
    private async ValueTask AskAsync(Question question, AskingPlace place, int pid, Action close)
    {
        if (pid <= 0)
        {
            return;
        }

        open[question] = (place, pid);
        try
        {
            await EndAsync(question, pid, close);
        }
        finally
        {
            open.Remove(question);
        }
    }

    private async ValueTask EndAsync(Question question, int pid, Action close)
    {
        var ended = new LoopEvent();
        using (ProcessEnd.Watch(loop, pid, ProcessIdentity.Of(pid).Started, ended.Happen, ReadTimeout))
        {
            for (bool wasOver = false; !ended.HasHappened; await ended.WaitAsync(loop, ReadTimeout))
            {
                if (wasOver)
                {
                    _ = await worker.RunAsync(
                        () =>
                        {
                            close();
                            return true;
                        },
                        ReadTimeout);
                }

                wasOver = question.Ruling is not null;
            }
        }

        _ = await worker.RunAsync(() => ChildProcess.Reap(pid, kill: false), ReadTimeout);
    }

    /// <returns>Whether at least one message was shown.</returns>
    private async ValueTask<bool> TellAsync(Question question, IReadOnlyList<QuestionPlace> places)
    {
        string text = MessageText.Of(await worker.RunAsync(() => describe(question), ReadTimeout) ?? "a program wants a signature");
        bool isTold = false;
        foreach (QuestionPlace place in places)
        {
            isTold |= await worker.RunAsync(() => Tell(place, text), TellTimeout);
        }

        return isTold;
    }

    private bool Tell(QuestionPlace place, string text) => place switch
    {
        TmuxMessage { Server: var server, Client: var client } =>
            ShowsMessages(server, client)
            && (Ask(server, () => TmuxCommand.For(server, "display-message", "-c", $"/dev/{client}", "-d", MessageTime, text))
            || Ask(server, () => TmuxCommand.For(server, "display-message", "-c", $"/dev/{client}", text))), // before tmux 3.2
        ScreenMessage { Server: var server } => Ask(server, () => ["screen", "-S", $"{server.Pid}.", "-X", "echo", text]),
        TerminalMessage { Terminal: var terminal } => OtherTerminal.Write(terminal, $"\a\r\n{text}\r\n") >= 0,
        _ => false,
    };

    /// <summary>To a client in control mode tmux says yes and shows nothing (measured with 3.3a).</summary>
    private bool ShowsMessages(MultiplexerServer server, string terminal) =>
        TmuxClientState.Read(programs, server, TmuxTimeout)?.Any(client => client.Terminal == terminal && !client.IsControlMode) == true;

    private bool Ask(MultiplexerServer server, Func<string[]?> arguments) => programs.Ask(server, TmuxTimeout, arguments) is not null;
}
