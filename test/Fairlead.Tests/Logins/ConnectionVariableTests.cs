using System.Net;
using Fairlead.Core.Logins;

namespace Fairlead.Tests.Logins;

public sealed class ConnectionVariableTests
{
    [Theory]
    [InlineData("192.0.2.7", "A=1", "SSH_CONNECTION=192.0.2.7 1234 192.0.2.1 22")]
    [InlineData("fe80::1%eth0", "SSH_CONNECTION=fe80::1%eth0 1234 fe80::2%eth0 22")]
    [InlineData("UNKNOWN", "SSH_CONNECTION=UNKNOWN 65535 UNKNOWN 65535")]
    [InlineData("first", "SSH_CONNECTION=first 1 2 3", "SSH_CONNECTION=second 1 2 3")]
    [InlineData(null, "SSH_CONNECTION=")]
    [InlineData(null, "SSH_CONNECTION= 1 2 3")]
    [InlineData(null, "XSSH_CONNECTION=192.0.2.7 1 2 3", "SSH_CONNECTION")]
    [InlineData(null)]
    public void The_address_is_the_first_word(string? address, params string[] environment)
        => Assert.Equal(address, ConnectionVariable.ClientAddressOf(ConnectionVariable.ValueIn(environment)));

    [Theory]
    [InlineData("192.0.2.1 1234 192.0.2.1 22", true)]
    [InlineData("::1 1234 ::1 22", true)]
    [InlineData("192.0.2.7 1234 192.0.2.1 22", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData(null, false)]
    public void With_the_same_address_at_both_ends_it_was_made_from_here(string? value, bool isFromHere) =>
        Assert.Equal(isFromHere, ConnectionVariable.IsFromHere(value));

    [Fact]
    public void An_environment_that_cannot_be_read_names_none() => Assert.Null(ConnectionVariable.ValueIn(null));

    [Theory]
    [InlineData("192.0.2.7 1234 192.0.2.1 22", "192.0.2.7:1234", "192.0.2.1:22")]
    [InlineData("2001:db8::7 1234 2001:db8::1 22", "[2001:db8::7]:1234", "[2001:db8::1]:22")]
    [InlineData("fe80::7%lo 1234 fe80::1%lo 22", "[fe80::7%1]:1234", "[fe80::1%1]:22")]
    public void The_ends_of_the_connection_are_read(string value, string client, string server)
    {
        Assert.True(ConnectionVariable.TryReadEnds(value, out IPEndPoint? from, out IPEndPoint? to));
        Assert.Equal([client, server], [from.ToString(), to.ToString()]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("UNKNOWN 65535 UNKNOWN 65535")]
    [InlineData("192.0.2.7 1234 192.0.2.1")]
    [InlineData("192.0.2.7 1234 192.0.2.1 22 more")]
    [InlineData("192.0.2.7 65536 192.0.2.1 22")]
    [InlineData("192.0.2.7 +1 192.0.2.1 22")]
    public void What_names_no_connection_has_no_ends(string? value) => Assert.False(ConnectionVariable.TryReadEnds(value, out _, out _));
}
