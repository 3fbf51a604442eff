using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Callers;

/// <summary>What only rules ask of a caller, and what of it cannot be read.</summary>
public sealed class CallerNeedsTests
{
    private static readonly CallerNeeds Needs = new(Program: false, Above: true, ["CLAUDECODE"]);

    [Fact]
    public void A_script_is_known_by_its_interpreter_and_by_its_own_name()
    {
        Caller caller = CallerReader.WithNeeds(CallerReader.Read(CurrentProcess.Pid, BootClock.Ticks), Needs);

        Assert.Contains(Environment.ProcessPath, caller.Programs);
        Assert.Empty(caller.Variables);
        Assert.False(caller.Unread.HasFlag(CallerFacts.Above));
        Assert.False(caller.Unread.HasFlag(CallerFacts.Variables));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, true)]
    public void Behind_a_very_long_environment_a_variable_may_be_hidden(int longOnes, bool isUnread)
    {
        string[] environment = [.. Enumerable.Range(0, longOnes).Select(number => $"LONG{number}={new string('x', 120_000)}"), "CLAUDECODE=1"];
        using var process = Puppet.Start("print \"runs\\n\"; <STDIN>;", [], [], environment: environment);
        Assert.Equal("runs", process.Hear());

        Caller caller = CallerReader.WithNeeds(new Caller(process.Pid, [process.Pid], null), Needs);

        Assert.Equal(isUnread, caller.Unread.HasFlag(CallerFacts.Variables));
        Assert.Equal(isUnread ? [] : ["CLAUDECODE=1"], caller.Variables);
    }
}
