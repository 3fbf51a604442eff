using System.Globalization;
using Fairlead.Core.Asking;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Asking;

/// <summary>When a yes ends.</summary>
public sealed class GrantTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProcessIdentity Ourselves = ProcessIdentity.Of(CurrentProcess.Pid);

    private readonly FakeTimeProvider clock = new(Now);

    [Fact]
    public void With_its_time()
    {
        Grant grant = Of(Ourselves, null);

        clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.True(grant.Holds(clock));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(grant.Holds(clock));
    }

    /// <summary>The pid of a program that has ended may be another one's.</summary>
    [Fact]
    public void With_its_program_and_with_the_login_of_the_person_whoever_has_their_pids_then()
    {
        ProcessIdentity earlier = Ourselves with { Started = Ourselves.Started - 1 };

        Assert.True(Of(Ourselves, Ourselves).Holds(clock));
        Assert.False(Of(earlier, null).Holds(clock));
        Assert.False(Of(Ourselves, earlier).Holds(clock));
    }

    /// <summary>A program may never wait for the ones that it has started.</summary>
    [Fact]
    public void With_a_program_that_has_ended_and_that_nobody_waited_for()
    {
        using var parent = Puppet.Start(
            "$SIG{CHLD} = sub { print qq(ended\\n) }; my $child = fork; if (!$child) { sleep } print qq($child\\n); <STDIN>; <STDIN>", [], []);
        int child = int.Parse(parent.Hear()!, CultureInfo.InvariantCulture);
        Grant grant = Of(ProcessIdentity.Of(child), null);
        Assert.True(grant.Holds(clock));

        Assert.Equal(0, LibC.kill(child, 9));
        Assert.Equal("ended", parent.Hear());
        Assert.True(ProcessStat.TryRead(child, out _));
        Assert.False(grant.Holds(clock));
    }

    private Grant Of(ProcessIdentity holder, ProcessIdentity? login) =>
        new(Subjects.Of(holder).Terms!, Subjects.Login, new Answerer("pts/3", login), Now, Now.AddMinutes(30), clock.GetTimestamp());
}
