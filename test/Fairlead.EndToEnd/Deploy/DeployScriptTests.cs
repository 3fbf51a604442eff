using System.Runtime.CompilerServices;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Deploy;

/// <summary><c>./deploy</c> of a release: one host, from a computer that cannot run fairlead.</summary>
public class DeployScriptTests
{
    [Theory]
    [InlineData("dash")]
    [InlineData("bash", "--posix")]
    [InlineData("busybox", "sh")]
    [InlineData("ksh")]
    public async Task It_does_what_fairlead_deploy_does_and_undoes_it(params string[] shell)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        await host.Account.Write(".bashrc", "echo welcome\n");
        string release = await Unpack(stage);
        Task<Finished> Run(params string[] words) => stage.AsPerson([.. shell, $"{release}/deploy", .. words]);

        Finished asked = await Run("host");
        Assert.Equal((1, "deploy: nothing was done\nhint: ./deploy --yes host\n"), (asked.ExitCode, asked.Error));
        Assert.Empty(host.Files);
        Assert.Contains($"fairlead goes to host as {host.Program}; then 'fairlead setup' and 'fairlead restart'\n", (await Run("--check", "host")).Succeeded().Output, StringComparison.Ordinal);

        Assert.Matches("\ndone: 0.* is there, and set up\n$", (await Run("--yes", "host")).Succeeded().Output);
        Assert.Equal(["fairlead", "fairlead.before"], host.Files);
        Assert.True(host.IsSetUp);
        Assert.Equal(await File.ReadAllBytesAsync(stage.Fairlead), await File.ReadAllBytesAsync(host.Program));
        Assert.Matches("^the right fairlead is on host\nnothing to do, 0.* is there\n$", (await Run("--yes", "host")).Succeeded().Output);
        Assert.Equal("the right fairlead is on host\nnothing to do\n", (await Run("--check", "host")).Succeeded().Output);

        Assert.EndsWith("\ndone: removed\n", (await Run("--yes", "--undo", "host")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal("deploy: there is no deploy to undo on host\n", (await Run("--yes", "--undo", "host")).Error);
        Assert.Empty(host.Files);
        Assert.False(host.IsSetUp);
    }

    [Fact]
    public async Task What_is_not_to_be_replaced_is_left()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        string release = await Unpack(stage);
        await host.Place(await fleet.Build(stage.Person.InHome("new"), "99.0.0"));

        Finished newer = await stage.AsPerson($"{release}/deploy", "--yes", "host");
        Assert.Equal("deploy: 99.0.0 is on host, which is newer than 0.1.0\nhint: ./deploy --force host replaces it\n", newer.Error);

        (await host.Run("sh", "-c", "printf '#!/bin/sh\\necho mine\\n' >~/.local/bin/fairlead")).Succeeded();
        Finished other = await stage.AsPerson($"{release}/deploy", "--yes", "--force", "host");
        Assert.Equal($"deploy: {host.Program} on host is not fairlead; left unchanged\n", other.Error);
        Assert.Equal(["fairlead"], host.Files);
    }

    /// <summary>Habits of ssh_config, and what an rc file leaves behind on the connection, do not keep it from its end.</summary>
    [Fact]
    public async Task It_ends_whatever_ssh_is_told_and_the_login_leaves_running()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Account account = stage.Keep(await Account.Create("/bin/bash"));
        Machine host = await fleet.Add("host", account, "", "    RemoteCommand tmux new -A\n    RequestTTY force\n    SessionType none\n    StdinNull yes\n    ForkAfterAuthentication yes\n    LogLevel DEBUG\n");
        await account.Write(".bashrc", "sleep 1000 &\n");
        string release = await Unpack(stage);

        Finished done = (await stage.AsPerson($"{release}/deploy", "--yes", "--prefix=~/opt", "host")).Succeeded();

        Assert.Matches("done: 0.* is there, and set up\n$", done.Output);
        Assert.Empty(done.Error);
        Assert.True(File.Exists(host.Account.InHome("opt/bin/fairlead")));
    }

    /// <summary>A shell makes an absolute path of a tilde: the home here, which may have another name there.</summary>
    [Fact]
    public async Task A_prefix_in_the_home_here_is_one_in_the_home_there()
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        Fleet fleet = await Fleet.Raise(stage);
        Machine host = await fleet.Add("host");
        string release = await Unpack(stage);

        foreach (string prefix in (string[])["opt", "~/opt", stage.Person.InHome("opt")])
        {
            Assert.Contains($"as {host.Account.InHome("opt/bin/fairlead")};", (await stage.AsPerson($"{release}/deploy", "--check", "--prefix", prefix, "host")).Succeeded().Output, StringComparison.Ordinal);
        }
    }

    /// <summary>The folder of a release, as far as the script needs it.</summary>
    private static async Task<string> Unpack(Stage stage, [CallerFilePath] string thisFile = "")
    {
        string folder = stage.Person.InHome("fairlead-0.1.0-linux-x86_64");
        string sources = Path.GetFullPath(Path.Combine(thisFile, "../../../../packaging/deploy"));
        (await stage.AsPerson("mkdir", folder)).Succeeded();
        (await Invocation.Of("cp", $"{sources}/deploy", $"{sources}/remote.sh", stage.Fairlead, folder).Run()).Succeeded();
        return folder;
    }
}
