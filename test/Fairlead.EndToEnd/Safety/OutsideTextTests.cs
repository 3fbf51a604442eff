using Fairlead.EndToEnd.Daemon;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Safety;

/// <summary>What others wrote is shown, and steers nothing.</summary>
public class OutsideTextTests
{
    /// <summary>Turns the direction round, ends a line in two ways, hides, colours.</summary>
    private const string Comment = "al\u202e\u2028keychain\u2066\u200b\ufeff\U000e0041\u009b31m\u001b[31m";

    [Fact]
    public async Task A_keys_comment_reaches_no_terminal_as_more_than_letters()
    {
        await using RestartStage stage = await RestartStage.Raise();
        SshKey key = await SshKey.Create(Path.Combine(stage.Stage.Folder, "nasty"), Comment);
        await stage.Agent.Add(key);

        Finished list = await stage.Stage.AsPerson(stage.Fairlead, "list");
        Finished json = await stage.Stage.AsPerson(stage.Fairlead, "list", "--json");

        const string shown = "al\ufffd\ufffdkeychain\ufffd\ufffd\ufffd\ufffd\ufffd31m\ufffd[31m\n";
        Assert.EndsWith(shown, list.Output, StringComparison.Ordinal);
        Assert.Equal(2, list.Output.Count(c => c == '\n'));
        Assert.All(json.Output, c => Assert.True(c is >= ' ' and <= '~' or '\n'));
        Assert.Contains("\\u202E", json.Output, StringComparison.Ordinal);
    }
}
