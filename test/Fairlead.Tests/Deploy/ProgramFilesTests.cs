using System.Diagnostics;
using Fairlead.Core.Linux.Proc;
using Fairlead.Deploy;

namespace Fairlead.Tests.Deploy;

public sealed class ProgramFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_own_architecture_is_served_by_the_program_itself()
    {
        File.WriteAllBytes(folder["fairlead"], Elf(62));

        Assert.Equal("1.0.0", new ProgramFiles(null, folder["fairlead"], "1.0.0").For(OwnProgram.Architecture).Program?.Number);
    }

    [Theory]
    [InlineData("fairlead-1.0.0-linux-aarch64.tar.gz", "1.0.0")]
    [InlineData("fairlead-0.9.0-linux-aarch64.tar.gz", "0.9.0")]
    public void A_release_beside_it_serves_another_one(string name, string number)
    {
        Pack(name, Elf(183));

        ProgramFile? program = new ProgramFiles(null, folder["fairlead"], "1.0.0").For("aarch64").Program;

        Assert.Equal((number, 20), (program?.Number, program?.Bytes.Length));
    }

    [Fact]
    public void Of_several_releases_the_one_of_its_own_version_is_taken_and_else_none()
    {
        Pack("fairlead-0.8.0-linux-aarch64.tar.gz", Elf(183));
        Pack("fairlead-0.9.0-linux-aarch64.tar.gz", Elf(183));

        Assert.Equal("0.9.0", new ProgramFiles(folder.Path, "/nothing", "0.9.0").For("aarch64").Program?.Number);
        Assert.Null(new ProgramFiles(folder.Path, "/nothing", "1.0.0").For("aarch64").Program);
    }

    [Fact]
    public void A_plain_file_comes_before_a_release_and_a_named_folder_before_the_program_itself()
    {
        File.WriteAllBytes(folder["own"], Elf(62));
        File.WriteAllBytes(folder[$"fairlead-linux-{OwnProgram.Architecture}"], [.. Elf(62), 1]);
        Pack($"fairlead-1.0.0-linux-{OwnProgram.Architecture}.tar.gz", Elf(62));

        Assert.Equal(21, new ProgramFiles(folder.Path, folder["own"], "1.0.0").For(OwnProgram.Architecture).Program?.Bytes.Length);
    }

    /// <summary>In a home that machines share, one of another architecture stands beside the program, of any age.</summary>
    [Fact]
    public void A_plain_file_for_another_architecture_is_taken_from_a_named_folder_alone_and_has_no_version()
    {
        string other = OwnProgram.Architecture == "x86_64" ? "aarch64" : "x86_64";
        File.WriteAllBytes(folder[$"fairlead-linux-{other}"], Elf(other == "x86_64" ? (byte)62 : (byte)183));

        (ProgramFile? beside, string looked) = new ProgramFiles(null, folder["fairlead"], "1.0.0").For(other);

        Assert.Equal((null, folder[$"fairlead-*-linux-{other}.tar.gz"]), (beside, looked));
        Assert.Equal("", new ProgramFiles(folder.Path, folder["fairlead"], "1.0.0").For(other).Program?.Number);
    }

    [Fact]
    public void A_plain_file_that_runs_here_says_its_version()
    {
        using var home = new RemoteHome();
        File.WriteAllBytes(folder[$"fairlead-linux-{OwnProgram.Architecture}"], home.Build("0.7.0 (1a2b)"));
        File.SetUnixFileMode(folder[$"fairlead-linux-{OwnProgram.Architecture}"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal("0.7.0 (1a2b)", new ProgramFiles(folder.Path, "/nothing", "1.0.0").For(OwnProgram.Architecture).Program?.Number);
    }

    [Fact]
    public void What_is_for_another_architecture_or_no_program_is_not_taken_and_what_was_looked_for_is_named()
    {
        File.WriteAllBytes(folder["fairlead-linux-aarch64"], Elf(62));
        File.WriteAllText(folder["fairlead-1.0.0-linux-aarch64.tar.gz"], "no archive");

        (ProgramFile? program, string looked) = new ProgramFiles(folder.Path, "/nothing", "1.0.0").For("aarch64");

        Assert.Null(program);
        Assert.Equal($"{folder["fairlead-linux-aarch64"]}, {folder["fairlead-*-linux-aarch64.tar.gz"]}", looked);
    }

    [Fact]
    public void The_digest_is_the_one_that_sha256sum_prints() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", new ProgramFile("abc"u8.ToArray(), "").Digest);

    internal static byte[] Elf(byte machine) => [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, .. new byte[12], machine, 0];

    private void Pack(string name, byte[] program)
    {
        string top = name[..^".tar.gz".Length];
        Directory.CreateDirectory(folder[top]);
        File.WriteAllText(folder[$"{top}/README"], "read me");
        File.WriteAllBytes(folder[$"{top}/fairlead"], program);
        using var tar = Process.Start("tar", ["-C", folder.Path, "-czf", folder[name], top]);
        tar.WaitForExit();
        Directory.Delete(folder[top], recursive: true);
    }
}
