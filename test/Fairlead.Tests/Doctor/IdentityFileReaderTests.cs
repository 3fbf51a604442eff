using Fairlead.Doctor;
using Fairlead.Ssh;

namespace Fairlead.Tests.Doctor;

public sealed class IdentityFileReaderTests : IDisposable
{
    private readonly TempFolder home = new();

    [Theory]
    [InlineData("IdentitiesOnly yes\nIdentityFile ~/.ssh/gone", 2, "~/.ssh/gone")]
    [InlineData("Host web01\n  IdentityFile %d/gone\n  IdentitiesOnly yes", 2, "%d/gone")]
    [InlineData("Host web01\n  IdentityFile ~/gone\nHost *\n  IdentitiesOnly yes\n  IdentityFile ~/also-gone", 2, "~/gone")]
    [InlineData("Match user al\n  IdentitiesOnly yes", 2, null)]
    [InlineData("IdentitiesOnly yes\nIdentityFile none", 1, null)]
    [InlineData("Host *\n  IdentitiesOnly yes", 2, null)]
    public void A_place_that_keeps_all_keys_back_is_found(string text, int line, string? file)
    {
        MissingIdentity found = Find(text)[0];

        Assert.Equal((line, file), (found.Directive.Line, found.File));
    }

    [Theory]
    [InlineData("IdentityFile ~/gone")]
    [InlineData("IdentitiesOnly no\nIdentityFile ~/gone")]
    [InlineData("IdentitiesOnly yes\nIdentityFile ~/here")]
    [InlineData("IdentitiesOnly yes\nIdentityFile ~/here.pub")]
    [InlineData("IdentitiesOnly yes\nIdentityFile ~/gone\nIdentityFile ~/here")]
    [InlineData("IdentitiesOnly yes\nIdentityFile ~/.ssh/%h")]
    [InlineData("IdentitiesOnly yes\nIdentityFile ${KEYS}/a")]
    [InlineData("IdentitiesOnly yes\nIdentityFile ~/gone\nCertificateFile ~/gone-cert.pub")]
    [InlineData("Host web01\n  IdentitiesOnly no\n  IdentityFile ~/gone\nHost *\n  IdentitiesOnly yes\n  IdentityFile ~/here")]
    [InlineData("Host web01\n  IdentitiesOnly yes\n  IdentityFile ~/gone\nHost *\n  IdentityFile ~/here")]
    [InlineData("Host web01\n  User al\nHost *\n  IdentityFile ~/here")]
    public void Where_a_key_may_be_offered_nothing_is_said(string text)
    {
        File.WriteAllText(home["here.pub"], "");

        Assert.Empty(Find(text));
    }

    [Fact]
    public void Without_a_name_the_usual_files_count()
    {
        Directory.CreateDirectory(home[".ssh"]);
        File.WriteAllText(home[".ssh/id_ed25519.pub"], "");

        Assert.Empty(Find("IdentitiesOnly yes"));
    }

    public void Dispose() => home.Dispose();

    private IReadOnlyList<MissingIdentity> Find(string text) => new IdentityFileReader(home.Path).Find([.. SshConfigFile.Parse("f", text)]);
}
