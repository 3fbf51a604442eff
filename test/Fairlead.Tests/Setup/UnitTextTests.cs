using Fairlead.Setup;

namespace Fairlead.Tests.Setup;

public sealed class UnitTextTests
{
    [Fact]
    public void The_paths_of_the_installation_stand_in_the_units_and_a_percent_sign_is_none_of_systemd_s()
    {
        string socket = UnitText.Of(UnitText.SocketUnit, "/home/100%/a b.sock", "/home/100%/a b.ctl", "/x");
        string service = UnitText.Of(UnitText.ServiceUnit, "/x.sock", "/x.ctl", "/home/100%/my tools/fairlead");
        string quoted = UnitText.Of(UnitText.ServiceUnit, "/x.sock", "/x.ctl", "/home/$al/\"my\" tools\\fairlead");

        Assert.Equal(["ListenStream=/home/100%%/a b.sock", "ListenStream=/home/100%%/a b.ctl"], Lines(socket, "ListenStream="));
        Assert.Equal(["ExecStart=\"/home/100%%/my tools/fairlead\" daemon"], Lines(service, "ExecStart="));
        Assert.Equal(["ExecStart=/bin/sh -c 'exec \"$$0\" daemon' \"/home/$$al/\\\"my\\\" tools\\\\fairlead\""], Lines(quoted, "ExecStart="));
    }

    private static IEnumerable<string> Lines(string unit, string key) => unit.Split('\n').Where(line => line.StartsWith(key, StringComparison.Ordinal));
}
