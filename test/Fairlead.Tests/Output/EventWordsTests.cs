using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

/// <summary>How people are told what came of a request that they were asked about.</summary>
public sealed class EventWordsTests
{
    [Theory]
    [InlineData("asked", "! asks you", nameof(Look.Warning))]
    [InlineData("refused-by-you", "x refused by you", nameof(Look.Refused))]
    [InlineData("nobody-to-ask", "! nobody there to ask", nameof(Look.Warning))]
    [InlineData("not-answered", "! no answer in 90 s", nameof(Look.Warning))]
    [InlineData("too-many-questions", "! other questions wait", nameof(Look.Warning))]
    [InlineData("interrupted", "! restarted before an answer", nameof(Look.Warning))]
    public void What_came_of_a_question_is_told(string outcome, string words, string look)
    {
        Cell cell = EventWords.ShownOutcome(new EventReport { Event = EventReport.RequestKind, Time = default, Outcome = outcome, Milliseconds = 90_040 });

        Assert.Equal((words, look), (cell.Text, cell.Look.ToString()));
    }
}
