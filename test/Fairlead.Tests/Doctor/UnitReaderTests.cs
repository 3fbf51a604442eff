using Fairlead.Doctor;

namespace Fairlead.Tests.Doctor;

public sealed class UnitReaderTests : IDisposable
{
    private readonly TempFolder root = new();

    [Theory]
    [InlineData("0::/user.slice/user-1000.slice/session-3.scope\n", "session-3.scope", true)]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/fairlead.service\n", "user@1000.service", false)]
    [InlineData("3:cpu:/\n1:name=systemd:/user.slice/user-1000.slice/session-c2.scope\n", "session-c2.scope", true)]
    public void The_unit_is_read_from_the_cgroup_of_either_version(string cgroup, string name, bool isLogin)
    {
        Write("proc/7/cgroup", cgroup);

        Assert.Equal(new DaemonUnit(name, isLogin, KillsUserProcesses: false, Lingers: false), new UnitReader(root.Path).Read(7, "al"));
    }

    [Fact]
    public void Outside_systemd_there_is_none()
    {
        Write("proc/7/cgroup", "0::/\n");

        Assert.Null(new UnitReader(root.Path).Read(7, "al"));
        Assert.Null(new UnitReader(root.Path).Read(8, "al"));
    }

    [Fact]
    public void Lingering_is_a_file_of_the_user_s_name()
    {
        Write("proc/7/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/init.scope\n");
        Write("var/lib/systemd/linger/al", "");

        Assert.True(new UnitReader(root.Path).Read(7, "al")!.Lingers);
        Assert.False(new UnitReader(root.Path).Read(7, "bo")!.Lingers);
    }

    [Theory]
    [InlineData("#KillUserProcesses=no\n", null, false)]
    [InlineData("#KillUserProcesses=yes\n", null, true)]
    [InlineData("#KillUserProcesses=yes\nKillUserProcesses=no\n", null, false)]
    [InlineData("#KillUserProcesses=no\n", "KillUserProcesses=yes\n", true)]
    [InlineData("KillUserProcesses=yes\n", "KillUserProcesses=no\n", false)]
    public void A_drop_in_counts_more_than_the_file_and_the_file_more_than_its_comment(string main, string? dropIn, bool kills)
    {
        Write("proc/7/cgroup", "0::/user.slice/user-1000.slice/session-3.scope\n");
        Write("etc/systemd/logind.conf", main);
        if (dropIn is not null)
        {
            Write("run/systemd/logind.conf.d/50-kill.conf", dropIn);
        }

        Assert.Equal(kills, new UnitReader(root.Path).Read(7, "al")!.KillsUserProcesses);
    }

    public void Dispose() => root.Dispose();

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root[path])!);
        File.WriteAllText(root[path], text);
    }
}
