using System.Text;
using CsCheck;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class PublicKeyLineTests
{
    [Fact]
    public void A_key_is_read_however_its_line_is_spaced_and_whatever_follows() =>
        Gen.Select(Noise.OneOf(" ", "\t", "\n", "  "), Gen.Byte.Array[1, 300], Gen.String[0, 20]).Sample((space, blob, comment) =>
            Assert.Equal(blob, PublicKeyLine.BlobIn($"{space}ssh-rsa{space}{Convert.ToBase64String(blob)}{space}{comment}")));

    [Fact]
    public void Any_file_is_survived() => Noise.BytesAround("ssh-rsa", " ", "\n", "AAAA", "==", "A").Sample(file =>
        Assert.True(PublicKeyLine.BlobIn(Encoding.UTF8.GetString(file)) is null or { Length: > 0 }));
}
