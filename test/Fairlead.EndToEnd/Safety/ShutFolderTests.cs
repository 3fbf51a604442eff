using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>The folder of a login that not even its owner may open for a while: somebody's script changed its mode.</summary>
public class ShutFolderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false, Label = "shut before it was found")]
    public async Task Its_agent_is_back_when_it_is_opened_again(bool wasFound)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        string shared = Path.Combine(stage.Folder, "shared");
        string folder = $"{shared}/ssh-AAAAAAAAAA";
        (await Invocation.Of("mkdir", "-m", "1777", shared).Run()).Succeeded();
        (await stage.AsPerson("mkdir", "-m", "700", folder)).Succeeded();
        SshAgent agent = stage.Keep(await SshAgent.Start($"{folder}/agent.1", stage.Person));
        await agent.Add(await SshKey.Create(Path.Combine(stage.Folder, "key"), "a key"));
        if (!wasFound)
        {
            (await stage.AsPerson("chmod", "0", folder)).Succeeded();
        }

        ForegroundDaemon daemon = await ForegroundDaemon.StartWatching(stage, shared);
        Assert.Equal(wasFound, await Lists(stage, daemon));

        (await stage.AsPerson("chmod", "0", folder)).Succeeded();
        Assert.False(await Lists(stage, daemon));
        (await stage.AsPerson("chmod", "700", folder)).Succeeded();
        Assert.True(await Lists(stage, daemon));
    }

    private static async Task<bool> Lists(Stage stage, ForegroundDaemon daemon)
    {
        Finished list = await Invocation.Of("ssh-add", "-l").As(stage.Person, $"SSH_AUTH_SOCK={daemon.Socket}").Run();
        return list.Output.Contains("a key", StringComparison.Ordinal);
    }
}
