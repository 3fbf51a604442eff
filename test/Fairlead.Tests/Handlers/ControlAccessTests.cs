using Fairlead.Core.Control;
using Fairlead.Handlers;

namespace Fairlead.Tests.Handlers;

/// <summary>What a client of the control socket in a container or a sandbox may do.</summary>
public sealed class ControlAccessTests
{
    [Theory]
    [InlineData(nameof(ControlVerb.Question))]
    [InlineData(nameof(ControlVerb.Verdict))]
    [InlineData(nameof(ControlVerb.Forget))]
    [InlineData(nameof(ControlVerb.Events))]
    [InlineData(nameof(ControlVerb.Pin))]
    [InlineData(nameof(ControlVerb.Stop))]
    public void Nobody_in_a_sandbox_answers_for_the_person_or_decides_for_them(string name)
    {
        ControlVerb verb = Enum.Parse<ControlVerb>(name);

        Assert.True(new ControlAccess(IsOutside: true, HasEnded: false).Allows(verb));
        Assert.False(new ControlAccess(IsOutside: false, HasEnded: false).Allows(verb));
        Assert.False(new ControlAccess(IsOutside: false, HasEnded: true).Allows(verb));
    }

    [Theory]
    [InlineData(nameof(ControlVerb.Status))]
    [InlineData(nameof(ControlVerb.Why))]
    [InlineData(nameof(ControlVerb.Wait))]
    public void Anyone_may_ask_what_changes_nothing(string name) =>
        Assert.True(new ControlAccess(IsOutside: false, HasEnded: false).Allows(Enum.Parse<ControlVerb>(name)));
}
