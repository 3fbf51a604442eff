using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Tests.Output;

public sealed class ConfigurationViewTests
{
    private const string File = "/home/al/.config/fairlead/config.toml";
    private const string Socket = "/home/al/.ssh/fairlead/gateway.sock";

    private static readonly OutputStyle Terminal = new(Colour: false, Width: 80);
    private static readonly Surroundings Al = new() { Uid = 1000, Home = "/home/al", HostName = "gateway" };

    [Fact]
    public void Without_a_file_everything_is_a_default() =>
        Snapshot.Matches(
            "config-default.txt",
            ConfigurationView.Render(ConfigurationReport.Of(Configuration.Default(Al), File, Socket), Terminal));

    [Fact]
    public void What_the_file_sets_is_shown_with_its_line()
    {
        const string Text = "[discovery]\nfolders = [\"/run/agents\"]\n[[agent]]\nname = \"keychain\"\nsocket = \"~/keychain\"\n";
        Configuration configuration = ConfigurationFile.Parse(File, Text, Al).Configuration!;

        Snapshot.Matches(
            "config-file.txt",
            ConfigurationView.Render(ConfigurationReport.Of(configuration, File, Socket), Terminal));
    }
}
