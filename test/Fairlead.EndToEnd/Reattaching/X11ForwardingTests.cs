using Fairlead.EndToEnd.Doctor;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Reattaching;

/// <summary>
/// Programs of X11 in an old pane go to the screen of the laptop that is there now: DISPLAY of the login that started it leads to a door that sshd has closed.
/// </summary>
public class X11ForwardingTests
{
    private const string AtWork = "640x480";
    private const string AtHome = "800x600";
    private const string Size = "xdpyinfo 2>&1 | grep -o '[0-9]*x[0-9]* pixels'";

    [Theory]
    [InlineData("-X -o ForwardX11Trusted=no")]
    [InlineData("-Y")]
    public async Task One_line_leads_an_old_pane_to_the_screen_that_its_person_looks_at(string options)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await GoHome(stage, waitsForNotice: false, options);
        Assert.Equal((1, ""), await sofa.Ask(Size));

        Assert.Equal((0, ""), await sofa.Ask($"eval \"$({stage.Fairlead} env bash)\""));

        Assert.Equal((0, $"{AtHome} pixels"), await sofa.Ask(Size));
        Assert.Equal("FILE:/tmp/krb5cc_home", (await sofa.Ask("echo $KRB5CCNAME")).Output);
    }

    [Fact]
    public async Task Doctor_names_the_line()
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await GoHome(stage, waitsForNotice: false);

        Finding found = (await Diagnosis.In(sofa, stage)).The("variables");
        Assert.Contains("DISPLAY", found.Message, StringComparison.Ordinal);
        await sofa.Ask(found.Fix);

        Assert.Equal((0, $"{AtHome} pixels"), await sofa.Ask(Size));
        Assert.Empty((await Diagnosis.In(sofa, stage)).Wrong);
    }

    [Fact]
    public async Task With_refresh_env_the_next_prompt_does_it()
    {
        await using Stage stage = await Stage.Raise(beforeCure: Shell.Of(ShellKind.Bash).RefreshCode("~/.local/bin/fairlead"));
        Login sofa = await GoHome(stage, waitsForNotice: true);

        await sofa.Window.Type("");
        await sofa.Window.Expect(Shell.Prompt);

        Assert.Equal((0, $"{AtHome} pixels"), await sofa.Ask(Size));
        Assert.Equal("FILE:/tmp/krb5cc_home", (await sofa.Ask("echo $KRB5CCNAME")).Output);
    }

    private static async Task<Login> GoHome(Stage stage, bool waitsForNotice, string options = "-Y")
    {
        XServer work = stage.Keep(await XServer.Start(Path.Combine(stage.Folder, "work.x"), AtWork));
        XServer home = stage.Keep(await XServer.Start(Path.Combine(stage.Folder, "home.x"), AtHome));
        var story = new HomeComing(
            stage,
            laptop => laptop.LogInWith(work, "FILE:/tmp/krb5cc_work", options),
            laptop => laptop.LogInWith(home, "FILE:/tmp/krb5cc_home", options))
        {
            Question = Size,
            WaitsForNotice = waitsForNotice,
        };
        (Login sofa, string atWork, string atHome) = await story.Play();
        Assert.Equal($"{AtWork} pixels", atWork);
        Assert.Equal($"{AtHome} pixels", atHome);
        return sofa;
    }
}
