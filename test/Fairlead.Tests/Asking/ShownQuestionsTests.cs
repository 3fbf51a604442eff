using Fairlead.Asking;
using Fairlead.Core.Asking;

namespace Fairlead.Tests.Asking;

/// <summary>Which process may answer: only the one that shows the question now.</summary>
public sealed class ShownQuestionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_question_is_answered_by_the_process_that_shows_it_and_only_while_it_does()
    {
        var shown = new ShownQuestions();
        Question question = Of(7);
        using (ShownQuestion here = shown.Begin(question, 100, new Answerer("pts/3", null), 0, Now))
        {
            Assert.Same(here, shown.Find(7, 100));
            Assert.Null(shown.Find(7, 101));
            Assert.Null(shown.Find(8, 100));
        }

        Assert.Null(shown.Find(7, 100));
    }

    [Fact]
    public void One_question_may_be_shown_in_two_places()
    {
        var shown = new ShownQuestions();
        Question question = Of(7);
        using ShownQuestion pane = shown.Begin(question, 100, new Answerer("pts/3", null), 0, Now);
        ShownQuestion popup = shown.Begin(question, 200, new Answerer("tmux client pts/4", null), 0, Now.AddSeconds(1));

        Assert.Equal("tmux client pts/4", shown.Find(7, 200)?.Answerer.Place);
        popup.Dispose();
        Assert.Same(pane, shown.Find(7, 100));
        Assert.Null(shown.Find(7, 200));
    }

    private static Question Of(int number) => new(number, Subjects.Login, Now, Now.AddSeconds(90));
}
