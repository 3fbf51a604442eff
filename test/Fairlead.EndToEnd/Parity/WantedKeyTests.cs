using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Parity;

/// <summary>A key that the command line names is found, whichever laptop has it.</summary>
public class WantedKeyTests
{
    [Fact]
    public async Task Ssh_with_an_identity_file_gets_the_key_from_the_other_laptop()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();
        Login desk = await work.LogIn();
        await stage.Person.Write("work.pub", work.Key.Public + "\n");

        (int exitCode, string said) = await sofa.Ask("ssh -i work.pub -o IdentitiesOnly=yes web01 1");

        Assert.Equal(0, exitCode);
        Assert.Contains("web01 saw work-key", said, StringComparison.Ordinal);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        await desk.LogOut();
    }

    [Fact]
    public async Task A_commit_is_signed_with_the_key_that_git_names()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        Login sofa = await home.LogIn();
        Login desk = await work.LogIn();
        await stage.Person.Write("work.pub", work.Key.Public + "\n");

        (int exitCode, _) = await sofa.Ask("echo text | ssh-keygen -q -Y sign -n git -f work.pub >signature && grep -q SIGNATURE signature");

        Assert.Equal(0, exitCode);
        await desk.LogOut();
    }
}
