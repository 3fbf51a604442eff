using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Daemon;

/// <summary>A daemon that a login has started keeps nobody's home busy.</summary>
public class LeavingTests
{
    [Fact]
    public async Task Half_a_minute_after_the_last_logout_the_home_can_be_unmounted()
    {
        await using Stage stage = await Stage.Raise();
        string home = stage.Person.Home;
        (await Invocation.Of("sh", "-ec", "mv \"$0\" \"$0.below\"; mkdir -m 755 \"$0\"; mount -t tmpfs -o mode=755 home \"$0\"; cp -a \"$0.below/.\" \"$0\"", home).Run()).Succeeded();
        try
        {
            Laptop laptop = await stage.AddLaptop("home");
            Login sofa = await laptop.LogIn();
            Login chair = await laptop.LogIn();
            await sofa.LogOut();
            using ProcessHandle daemon = ProcessHandle.Open(Assert.Single(stage.DaemonProcesses()))!;
            await chair.LogOut();

            await daemon.EndedWithin(TimeSpan.FromMinutes(2));

            (await Invocation.Of("umount", home).Run()).Succeeded();
        }
        finally
        {
            await Invocation.Of("sh", "-c", "umount -l \"$0\" 2>/dev/null; rmdir \"$0\"; mv \"$0.below\" \"$0\"", home).Run();
        }
    }
}
