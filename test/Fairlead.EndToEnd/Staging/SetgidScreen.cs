namespace Fairlead.EndToEnd.Staging;

/// <summary>screen as Fedora and RHEL build it: setgid, so that nobody but root may look into its processes; the sockets in the person's home.</summary>
internal static class SetgidScreen
{
    private const string Group = "utmp";

    /// <summary>What a person types before the arguments.</summary>
    public static async Task<string> Install(Stage stage)
    {
        string folder = Directory.CreateDirectory(Path.Combine(stage.Folder, "setgid")).FullName;
        string program = Path.Combine(folder, "screen");
        File.Copy("/usr/bin/screen", program);
        (await Invocation.Of("chgrp", Group, program).Run()).Succeeded();
        (await Invocation.Of("chmod", "2755", program).Run()).Succeeded();
        (await stage.AsPerson("mkdir", "-m", "700", stage.Person.InHome(".screen"))).Succeeded();
        return $"SCREENDIR=~/.screen {program}";
    }
}
