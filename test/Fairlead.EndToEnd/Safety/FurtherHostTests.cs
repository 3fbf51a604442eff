using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>A host that the person reached with <c>ssh -A</c>, and whose root asks for everything.</summary>
public class FurtherHostTests
{
    [Fact]
    public async Task It_sees_the_keys_of_one_laptop_and_changes_nothing()
    {
        await using Stage stage = await Stage.Raise();
        Laptop home = await stage.AddLaptop("home");
        Laptop work = await stage.AddLaptop("work");
        SshServer vault = await stage.AddHost("vault");
        await vault.Allow(home.Key.Public);
        Login sofa = await home.LogIn();
        Login desk = await work.LogIn();

        (int exitCode, string keys) = await sofa.Ask("ssh -A vault ssh-add -L");
        Assert.Equal(0, exitCode);
        Assert.Contains("home-key", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("work-key", keys, StringComparison.Ordinal);

        Assert.NotEqual(0, (await sofa.Ask("ssh -A vault ssh-add -D")).ExitCode);
        Assert.Equal("home-key", await sofa.KeySeenByWeb01());
        Assert.Equal("work-key", await desk.KeySeenByWeb01());
    }
}
