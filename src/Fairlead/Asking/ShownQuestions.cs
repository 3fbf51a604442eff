using Fairlead.Core.Asking;

namespace Fairlead.Asking;

/// <summary>The questions that are shown to the person at this moment, and by which processes. Belongs to the loop.</summary>
internal sealed class ShownQuestions
{
    private readonly List<ShownQuestion> all = [];

    /// <param name="began">When it was shown: a timestamp of the loop's time.</param>
    /// <param name="now">The same as a moment.</param>
    public ShownQuestion Begin(Question question, int pid, Answerer answerer, long began, DateTimeOffset now)
    {
        var shown = new ShownQuestion(question, pid, answerer, began, now, all);
        all.Add(shown);
        return shown;
    }

    /// <summary>Null if this process does not show that question.</summary>
    public ShownQuestion? Find(int number, int pid) => all.Find(shown => shown.Question.Number == number && shown.Pid == pid);
}

/// <summary>One question on one terminal, until it is disposed.</summary>
internal sealed class ShownQuestion(Question question, int pid, Answerer answerer, long began, DateTimeOffset since, List<ShownQuestion> all) : IDisposable
{
    public Question Question => question;

    public int Pid => pid;

    public Answerer Answerer => answerer;

    public DateTimeOffset Since => since;

    public long Began => began;

    public void Dispose() => all.Remove(this);
}
