using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Attached;

/// <summary>A screen whose open files nobody can read is seen by its front ends.</summary>
public class SetgidScreenTests
{
    private const string Detached = @"\[detached from \d+\.main\]";

    [Theory]
    [InlineData("-r")]
    [InlineData("-r main")]
    [InlineData("-dRR main")]
    public async Task A_session_is_answered_by_the_login_that_reattached_it(string reattach)
    {
        await using Stage stage = await Stage.Raise();
        string screen = await SetgidScreen.Install(stage);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        Login phone = await (await stage.AddLaptop("phone")).LogIn();
        await using Job job = await Job.OfTurns(stage);
        await sofa.Window.Type($"{screen} -S main");
        await sofa.Window.Expect(Shell.Prompt);
        await sofa.Window.Type("sh ~/job");
        await job.Tells("web01 saw home-key in turn 1");
        await sofa.Window.Press("C-a", "d");
        await sofa.Window.Expect(Detached);
        await sofa.LogOut();

        await phone.Window.Type($"{screen} {reattach}");
        await phone.Window.Expect("<full screen>|sh ~/job");
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();
        await job.Tells("web01 saw phone-key in turn 2");

        await phone.Window.Press("C-a", "d");
        await phone.Window.Expect(Detached);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
        await job.GoOn();
        await job.Tells("web01 saw phone-key in turn 3");
    }

    [Fact]
    public async Task Who_types_in_a_shared_session_signs()
    {
        await using Stage stage = await Stage.Raise();
        string screen = await SetgidScreen.Install(stage);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await sofa.Window.Type($"{screen} -S main");
        await sofa.Window.Expect(Shell.Prompt);
        await desk.Window.Type($"{screen} -x");
        await desk.Window.Expect(Shell.Prompt);
        for (int turn = 0; turn < 5; turn++)
        {
            Assert.Equal("work-key", await desk.KeySeenByWeb01());
            Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        }
    }

    [Fact]
    public async Task Each_of_two_sessions_is_answered_where_it_is_shown()
    {
        await using Stage stage = await Stage.Raise();
        string screen = await SetgidScreen.Install(stage);
        Login sofa = await (await stage.AddLaptop("home")).LogIn();
        Login desk = await (await stage.AddLaptop("work")).LogIn();
        await using Job job = await Job.Waiting(stage, "it waits", "ssh -n web01 1 >&3 || echo failed >&3");
        await sofa.Window.Type($"{screen} -S one sh ~/job");
        await job.Tells("it waits");
        await desk.Window.Type($"{screen} -S two");
        await desk.Window.Expect(Shell.Prompt);
        Assert.Equal("work-key", await desk.KeySeenByWeb01());

        await job.GoOn();

        await job.Tells("web01 saw home-key in turn 1");
    }
}
