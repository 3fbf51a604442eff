using Fairlead.Core.Linux.Proc;
using Fairlead.Deploy;
using Fairlead.Output.Hosts;

namespace Fairlead.Tests.Deploy;

/// <summary>What is done with a host follows from what it says alone.</summary>
public sealed class DeployDecisionTests : IDisposable
{
    internal static readonly DeployRequest Install = new() { Task = DeployTask.Install, Patience = DeployRequest.UsualPatience };

    private readonly TempFolder folder = new();
    private readonly ProgramFiles programs;
    private readonly string digest;

    public DeployDecisionTests()
    {
        byte[] program = ProgramFilesTests.Elf(62);
        File.WriteAllBytes(folder["fairlead-linux-x86_64"], program);
        programs = new ProgramFiles(folder.Path, "/nothing", "0.2.0");
        digest = new ProgramFile(program, "").Digest;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Where_there_is_none_it_is_installed()
    {
        DeployDecision decision = Of(Host());

        Assert.Equal((HostState.Installed, $"put 20 {digest} -"), (decision.Report.State, decision.Line));
        Assert.NotNull(decision.Payload);
        Assert.Equal($"put 20 {digest} - --systemd", Of(Host(), Install with { WithSystemd = true }).Line);
    }

    [Fact]
    public void An_older_one_is_replaced_by_what_was_seen()
    {
        DeployDecision decision = Of(Host("x86_64", "abc", "0.1.0"));

        Assert.Equal((HostState.Replaced, $"put 20 {digest} abc"), (decision.Report.State, decision.Line));
        Assert.Equal(("0.1.0", null), (decision.Report.Before, decision.Report.After)); // what is only bytes tells no version
    }

    [Fact]
    public void The_right_one_is_not_sent_again()
    {
        DeployDecision decision = Of(Host("x86_64", digest, "0.2.0"));

        Assert.Equal((HostState.Unchanged, "setup", null), (decision.Report.State, decision.Line, decision.Payload));
    }

    [Theory]
    [InlineData("0.2.1", nameof(HostFault.Newer))]
    [InlineData("0.2.0+4", nameof(HostFault.Newer))]
    [InlineData("0.2.0", null)]
    [InlineData("", null)]
    public void A_newer_one_is_left_unless_told(string there, string? fault)
    {
        File.WriteAllBytes(folder["fairlead"], ProgramFilesTests.Elf(OwnProgram.Architecture == "x86_64" ? (byte)62 : (byte)183));
        var own = new ProgramFiles(null, folder["fairlead"], "0.2.0");
        RemoteFacts host = Host(OwnProgram.Architecture, "abc", there).With("host", $"Linux {OwnProgram.Architecture} 6.1");

        Assert.Equal(fault, DeployDecision.Of("web01", host, Install, own).Report.Fault?.ToString());
        Assert.Equal(HostState.Replaced, DeployDecision.Of("web01", host, Install with { Force = true }, own).Report.State);
    }

    [Theory]
    [InlineData("other", nameof(HostFault.AnotherProgram))]
    [InlineData("link", nameof(HostFault.IsLink))]
    public void What_is_not_ours_is_never_replaced(string kind, string fault)
    {
        Assert.Equal(fault, Of(Host(kind)).Report.Fault.ToString());
        Assert.Equal(fault, Of(Host(kind), Install with { Force = true }).Report.Fault.ToString());
    }

    [Fact]
    public void One_of_a_package_is_left_unless_told()
    {
        RemoteFacts host = Host().With("package", "/usr/bin/fairlead 0.1.0");

        Assert.Equal((HostFault.Package, "/usr/bin/fairlead"), (Of(host).Report.Fault, Of(host).Report.Detail));
        Assert.Equal(HostState.Installed, Of(host, Install with { Force = true }).Report.State);
    }

    [Theory]
    [InlineData("read-only 900000", nameof(HostFault.ReadOnly))]
    [InlineData("noexec 900000", nameof(HostFault.NoExec))]
    [InlineData("denied 900000", nameof(HostFault.NotWritable))]
    [InlineData("full 0", nameof(HostFault.Full))]
    [InlineData("yes 100", nameof(HostFault.Full))]
    public void Where_none_can_be_put_nothing_is_sent(string place, string fault)
    {
        DeployDecision decision = Of(Host().With("place", place));

        Assert.Equal((HostState.Failed, fault, null), (decision.Report.State, decision.Report.Fault.ToString(), decision.Line));
    }

    [Theory]
    [InlineData("Darwin x86_64", nameof(HostFault.NotLinux))]
    [InlineData("Linux riscv64", nameof(HostFault.NoProgram))]
    [InlineData("Linux aarch64", nameof(HostFault.NoProgram))]
    public void Another_machine_is_told_apart(string said, string fault) =>
        Assert.Equal(fault, Of(new RemoteFacts().With("host", said + " 1").With("place", "yes 900000")).Report.Fault.ToString());

    [Fact]
    public void A_check_says_the_same_and_does_nothing()
    {
        DeployRequest check = Install with { Task = DeployTask.Check };

        Assert.Equal((HostState.WouldInstall, null), (Of(Host(), check).Report.State, Of(Host(), check).Line));
        Assert.Equal((HostState.WouldReplace, null), (Of(Host("x86_64", "abc", "0.1.0"), check).Report.State, Of(Host("x86_64", "abc", "0.1.0"), check).Line));
        Assert.Equal((HostState.Unchanged, "check"), (Of(Host("x86_64", digest, "0.2.0"), check).Report.State, Of(Host("x86_64", digest, "0.2.0"), check).Line));
        Assert.Equal("check --systemd", Of(Host("x86_64", digest, "0.2.0"), check with { WithSystemd = true }).Line);
    }

    [Theory]
    [InlineData("program", nameof(HostState.Restored), "undo")]
    [InlineData("nothing", nameof(HostState.Removed), "undo")]
    [InlineData("none", nameof(HostState.Failed), null)]
    public void Only_a_deploy_is_undone(string kept, string state, string? line)
    {
        DeployDecision decision = Of(Host("x86_64", digest, "0.2.0").With("kept", kept), Install with { Task = DeployTask.Undo });

        Assert.Equal((state, line), (decision.Report.State.ToString(), decision.Line));
    }

    [Theory]
    [InlineData("program", nameof(HostState.WouldRestore))]
    [InlineData("nothing", nameof(HostState.WouldRemove))]
    [InlineData("none", nameof(HostState.Failed))]
    public void What_an_undo_would_do_is_only_looked_at(string kept, string state)
    {
        DeployDecision decision = Of(Host("x86_64", digest, "0.2.0").With("kept", kept), Install with { Task = DeployTask.CheckUndo });

        Assert.Equal((state, null), (decision.Report.State.ToString(), decision.Line));
        Assert.Equal(state != nameof(HostState.Failed), decision.Report.WouldChange);
    }

    private static RemoteFacts Host(string kind = "none", string digest = "-", string number = "") => new RemoteFacts()
        .With("host", "Linux x86_64 6.1")
        .With("shown", $"{kind} /home/al/.local/bin/fairlead")
        .With("seen", $"{kind} {digest} {number}".TrimEnd())
        .With("place", "yes 900000");

    private DeployDecision Of(RemoteFacts facts, DeployRequest? request = null) => DeployDecision.Of("web01", facts, request ?? Install, programs);
}
