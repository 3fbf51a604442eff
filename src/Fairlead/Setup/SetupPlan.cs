using System.Text;
using Fairlead.Output;

namespace Fairlead.Setup;

/// <summary>What is to be done, in this order.</summary>
/// <param name="Notes">What a person should know beside it.</param>
internal sealed record SetupPlan(IReadOnlyList<SetupSection> Sections, IReadOnlyList<string> Notes)
{
    public IEnumerable<SetupStep> Steps => Sections.SelectMany(section => section.Steps);

    public IEnumerable<Failure> Problems => Steps.Select(step => step.Problem).OfType<Failure>();

    /// <summary>There is something to do.</summary>
    public bool ChangesSomething => Steps.Any(step => step.Action != SetupAction.Nothing);

    /// <summary>As a person reads it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (SetupSection section in Sections.Where(section => section.Steps.Any(step => step.Lines.Count > 0)))
        {
            // What is unchanged is a sentence of its own.
            bool changes = section.Steps.Any(step => step.Action != SetupAction.Nothing);
            text.Append(changes ? $"{section.Title}:\n" : "");
            foreach (string line in section.Steps.SelectMany(step => step.Lines))
            {
                text.Append(changes ? "  " : "").Append(PlainText.Of(line)).Append('\n');
            }
        }

        text.Append(Notes.Count > 0 ? "\n" : "");
        foreach (string note in Notes)
        {
            text.Append(PlainText.Of(note)).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>Steps of one purpose.</summary>
/// <param name="Title">What they are for.</param>
internal sealed record SetupSection(string Title, IReadOnlyList<SetupStep> Steps);
