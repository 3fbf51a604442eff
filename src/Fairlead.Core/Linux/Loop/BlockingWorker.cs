namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Answers questions whose system calls may block on a thread beside the loop: paths on NFS, FUSE or autofs, another process's command line
/// or environment. Each has a deadline, after which the loop continues with what is known.
/// </summary>
/// <remarks>
/// Questions queue up to <see cref="Capacity"/>. A thread that is stuck in a call is replaced once, so that one dead file server does not
/// end all answers. If the second one is stuck as well, questions fail at once until a stuck call returns.
/// </remarks>
internal sealed class BlockingWorker(EventLoop loop) : IDisposable
{
    /// <summary>Questions that may wait; the next one is answered with "not known".</summary>
    public const int Capacity = 256;

    private const int MaxThreads = 2;

    /// <summary>
    /// Locked for each use. Not a BlockingCollection: its waiters spin before they sleep, for longer than most questions take.
    /// </summary>
    private readonly Queue<Question> questions = new();
    private bool isClosed;
    private int threads;
    private int stuck;

    /// <summary>Threads that wait for a question.</summary>
    private int waiting;

    /// <summary>The loop that asks, and gets the answers.</summary>
    public EventLoop Loop => loop;

    /// <summary>
    /// Starts the thread, which otherwise begins with the first question. False when all are stuck, or the system allows no further thread
    /// (RLIMIT_NPROC, pids.max).
    /// </summary>
    public bool TryStart()
    {
        if (threads == stuck && threads < MaxThreads)
        {
            try
            {
                new Thread(AnswerAll, maxStackSize: 256 * 1024) { IsBackground = true, Name = "facts" }.Start();
                threads++;
            }
            catch (OutOfMemoryException)
            {
                // The runtime throws this when pthread_create(3) fails, whatever the reason.
            }
        }

        return threads > stuck;
    }

    /// <summary>The answer to the question, or <c>default</c> if it fails, or does not finish in time.</summary>
    /// <param name="late">Gets an answer that came after the deadline, on the loop, to release what it holds.</param>
    public async ValueTask<T?> RunAsync<T>(Func<T> question, TimeSpan deadline, Action<T?>? late = null)
    {
        var asked = new Question<T>(question, late, loop);
        if (!TryStart() || !TryEnqueue(asked))
        {
            return default;
        }

        using LoopTimer timer = loop.Schedule(deadline, () => GiveUp(asked));
        return await asked.Finished.WaitAsync() == Wake.Ready ? asked.Answer : default;
    }

    /// <summary>
    /// Runs it if all threads wait for a question and there is none, and holds them there meanwhile. Call it on the loop: nothing else of
    /// fairlead's own runs then.
    /// </summary>
    /// <returns>False if one of them is busy, and it was not run.</returns>
    public bool TryRunAlone(Action work)
    {
        lock (questions)
        {
            if (waiting < threads || questions.Count > 0)
            {
                return false;
            }

            work();
            return true;
        }
    }

    /// <summary>Waiting questions still get their answer; new ones do not.</summary>
    public void Dispose()
    {
        lock (questions)
        {
            isClosed = true;
            Monitor.PulseAll(questions);
        }
    }

    private bool TryEnqueue(Question question)
    {
        lock (questions)
        {
            if (isClosed || questions.Count >= Capacity)
            {
                return false;
            }

            questions.Enqueue(question);
            Monitor.Pulse(questions);
            return true;
        }
    }

    /// <summary>Waits for the next question; null at the end.</summary>
    private Question? Take()
    {
        lock (questions)
        {
            while (questions.Count == 0 && !isClosed)
            {
                waiting++;
                Monitor.Wait(questions);
                waiting--;
            }

            return questions.TryDequeue(out Question? next) ? next : null;
        }
    }

    private void GiveUp(Question asked)
    {
        if (!asked.TryWithdraw())
        {
            asked.IsLate = true;
            stuck++;
            _ = TryStart();
        }

        asked.Finished.Raise(Wake.TimedOut);
    }

    private void AnswerAll()
    {
        while (Take() is Question question)
        {
            if (question.TryBegin())
            {
                question.Run();
                loop.Post(() => Finish(question));
            }
        }
    }

    private void Finish(Question question)
    {
        if (question.IsLate)
        {
            stuck--;
            question.AnswerLate();
        }

        question.Finished.Raise(Wake.Ready);
    }

    private abstract class Question
    {
        private const int Queued = 0;
        private const int Begun = 1;
        private const int Withdrawn = 2;

        private int state;

        public LoopSignal Finished { get; } = new();

        /// <summary>The loop's own note: the deadline passed while a thread worked on it, and nothing waits for it any more.</summary>
        public bool IsLate { get; set; }

        /// <summary>Called by the worker. False if the question was withdrawn first.</summary>
        public bool TryBegin() => Interlocked.CompareExchange(ref state, Begun, Queued) == Queued;

        /// <summary>Called by the loop. False if a thread has begun, and may be stuck in it.</summary>
        public bool TryWithdraw() => Interlocked.CompareExchange(ref state, Withdrawn, Queued) == Queued;

        public abstract void Run();

        public abstract void AnswerLate();
    }

    private sealed class Question<T>(Func<T> question, Action<T?>? late, EventLoop loop) : Question
    {
        public T? Answer { get; private set; }

        public override void AnswerLate() => late?.Invoke(Answer);

        public override void Run()
        {
            try
            {
                Answer = question();
            }
            catch (Exception fault)
            {
                loop.Post(() => loop.Faulted?.Invoke(fault));
            }
        }
    }
}
