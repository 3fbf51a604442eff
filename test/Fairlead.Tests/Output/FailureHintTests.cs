using Fairlead.Output;

namespace Fairlead.Tests.Output;

/// <summary>What a hint says can be typed, also where the PATH does not find fairlead.</summary>
public sealed class FailureHintTests
{
    [Theory]
    [InlineData("fairlead doctor", "~/bin/fairlead doctor")]
    [InlineData("fairlead stop && fairlead start", "~/bin/fairlead stop && ~/bin/fairlead start")]
    [InlineData("EDITOR=nano fairlead config edit", "EDITOR=nano ~/bin/fairlead config edit")]
    [InlineData("fairlead --help", "~/bin/fairlead --help")]
    [InlineData("/opt/fairlead stop", "/opt/fairlead stop")]
    [InlineData("ls -ld '/home/al/.config/fairlead'", "ls -ld '/home/al/.config/fairlead'")]
    [InlineData("is it the right name?", "is it the right name?")]
    public void The_program_is_named_as_it_is_typed(string hint, string typed)
    {
        var failure = new Failure(ExitCode.Failed, "fairlead is not set up", hint) { Others = [new Failure(ExitCode.Failed, "more", hint)] };

        Assert.Equal($"fairlead: fairlead is not set up\nhint: {typed}\nfairlead: more\nhint: {typed}\n", failure.AsTyped("~/bin/fairlead"));
    }
}
