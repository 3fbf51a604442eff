using Fairlead.Settings;

namespace Fairlead.Tests.Settings;

/// <summary>Every mistake of a file is named once, and nothing that only follows from one.</summary>
public sealed class ManyMistakesTests
{
    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    [Theory]
    [InlineData("sokcet = \"/a\"\n[routing]\nfallback = \"some\"\n[patience]\nanswer = 3", "1: unknown key 'sokcet'", "3: unknown fallback 'some'", "5: 'answer' must be a time")]
    [InlineData("[ruoting]\nfallback = \"any\"\nkeys = \"all\"\n[heal]\nold_path = true", "1: unknown table 'ruoting'", "5: unknown key 'old_path' in [heal]")]
    [InlineData("[agent]\nname = \"a\"\n[heal]\nold_paths = 1", "1: 'agent' is a list of tables", "4: 'old_paths' must be true or false")]
    [InlineData("[[agent]]\nnmae = \"a\"\n[[agent]]\nname = \"b\"", "2: unknown key 'nmae' in [agent]", "3: an agent without 'socket'")]
    [InlineData("[[agent]]\nname = \"a\"\nsocket = 1\n[[rule]]\nwhen.background = true\nuse = \"a\"", "3: 'socket' must be a string")]
    [InlineData("[[rule]]\nuse = \"nobody\"\nwhen.background = true\n[[rule]]\nuse = \"none\"", "1: no agent has the name 'nobody'", "4: a rule without 'when'")]
    [InlineData("[[rule]]\nwhen.form = \"203.0.113.7\"\nuse = \"none\"\n[[rule]]\nuse = \"x\"\nwhen.background = 1", "2: unknown key 'form' in [rule.when]", "6: 'background' must be true or false")]
    [InlineData("socket = /a\n[wait]\ntime = 8h\nbound = 90\n[heal]\nold_paths = yes", "1: a string needs quotes", "3: a string needs quotes", "4: 'bound' must be a time", "6: 'yes' is not a value")]
    [InlineData("[[agent]]\nname = a\nsocket = \"/a\"\n[limits]\nstay = 1", "2: a string needs quotes", "5: 'stay' must be true or false")]
    [InlineData("socket = /a\n[routing\nfallback = 1", "1: a string needs quotes", "2: the brackets around a table's name do not match")]
    [InlineData("socket = 1\n[discovery]\nfolders = [\"/tmp\"", "3: a list is not closed")]
    public void Each_is_named_with_its_line(string text, params string[] mistakes)
    {
        ConfigurationResult read = ConfigurationFile.Parse("config.toml", text, Al);

        Assert.Equal(mistakes, read.Errors.Select(error => $"{error.Line}: {error.Message}"));
    }
}
