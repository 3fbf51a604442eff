using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Fairlead.Core.Agents;

namespace Fairlead.Tests.Agents;

public sealed class HostHashTests
{
    [Fact]
    public void It_is_the_one_that_ssh_agent_of_OpenSSH_10_3_puts_into_its_socket_names() =>
        // On a host called "vm" it made ~/.ssh/agent/s.2N0me1rP8M.agent.ql067Lc5wN.
        Assert.Equal("2N0me1rP8M", HostHash.Of("vm"));

    [Theory]
    [InlineData("")]
    [InlineData("gateway.example.org")]
    [InlineData("bücher")]
    public void It_is_ten_letters_and_digits_for_any_name(string hostName) =>
        Assert.Matches("^[a-zA-Z0-9]{10}$", HostHash.Of(hostName));

    [Fact]
    public void It_is_the_one_of_the_formula_for_any_name() => Gen.String[0, 80].Sample(hostName =>
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        byte[] hash = SHA512.HashData(Encoding.UTF8.GetBytes(hostName));
        Assert.Equal(string.Concat(hash.Take(10).Select(value => Letters[value % 62])), HostHash.Of(hostName));
    });
}
