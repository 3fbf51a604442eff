namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Answers, beside the loop, the questions whose system calls may block: paths on NFS, FUSE or autofs, another process's command line
/// or environment. Each has a deadline, after which the loop goes on with what is known.
/// </summary>
/// <remarks>
/// Questions queue up to <see cref="Capacity"/>. A thread that is stuck in a call is replaced once, so that one dead file server
/// does not end all answers; the second time questions are given up at once until a stuck call returns.
/// </remarks>
internal sealed class BlockingWorker(EventLoop loop) : IDisposable
{
    /// <summary>Questions that may wait; the next one is answered with "not known".</summary>
    public const int Capacity = 256;

    private const int MaxThreads = 2;

    /// <summary>Locked for each use. Not a BlockingCollection: its waiters spin before they sleep, for longer than most questions take.</summary>
    private readonly Queue<Question> questions = new();
    private bool isClosed;
    private int threads;
    private int stuck;

    /// <summary>Who asks, and gets the answers.</summary>
    public EventLoop Loop => loop;

    /// <summary>What the question answers, or <c>default</c> when it fails, or does not finish in time.</summary>
    /// <param name="late">Gets, on the loop, an answer that came after the deadline: to release what it holds.</param>
    public async ValueTask<T?> RunAsync<T>(Func<T> question, TimeSpan deadline, Action<T?>? late = null)
    {
        var asked = new Question<T>(question, late, loop);
        if (stuck >= MaxThreads || !TryEnqueue(asked))
        {
            return default;
        }

        EnsureThread();
        using LoopTimer timer = loop.Schedule(deadline, () => GiveUp(asked));
        return await asked.Finished.WaitAsync() == Wake.Ready ? asked.Answer : default;
    }

    /// <summary>Questions that wait are still answered; new ones are not.</summary>
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

    /// <summary>The next question, when there is one; null at the end.</summary>
    private Question? Take()
    {
        lock (questions)
        {
            while (questions.Count == 0 && !isClosed)
            {
                Monitor.Wait(questions);
            }

            return questions.TryDequeue(out Question? next) ? next : null;
        }
    }

    private void EnsureThread()
    {
        if (threads == stuck && threads < MaxThreads)
        {
            threads++;
            new Thread(AnswerAll, maxStackSize: 256 * 1024) { IsBackground = true, Name = "facts" }.Start();
        }
    }

    private void GiveUp(Question asked)
    {
        if (!asked.TryWithdraw())
        {
            asked.IsLate = true;
            stuck++;
            EnsureThread();
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

        /// <summary>The loop's own note: the deadline passed while a thread was at it, and nobody waits any more.</summary>
        public bool IsLate { get; set; }

        /// <summary>By the worker. False when it was withdrawn first.</summary>
        public bool TryBegin() => Interlocked.CompareExchange(ref state, Begun, Queued) == Queued;

        /// <summary>By the loop. False when a thread has begun, and may be stuck in it.</summary>
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
