using Fairlead.EndToEnd.Reattaching;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Parity;

public class SignedCommitTests
{
    [Theory]
    [InlineData(MultiplexerKind.Tmux, SocketLayout.TemporaryFolder)]
    [InlineData(MultiplexerKind.Screen, SocketLayout.HomeFolder)]
    public async Task A_commit_in_an_old_pane_is_signed_with_the_laptops_key(MultiplexerKind kind, SocketLayout layout)
    {
        await using Stage stage = await Stage.Raise();
        Login sofa = await ReattachStory.Play(stage, kind, layout);
        string key = (await File.ReadAllTextAsync(Path.Combine(stage.Folder, "home/key.pub"))).Trim();
        await stage.Person.Write("home.pub", key + "\n");
        await stage.Person.Write("signers", $"person@example.org {key}\n");
        await stage.Person.Write(".gitconfig",
            """
            [user]
                name = Person
                email = person@example.org
                signingkey = ~/home.pub
            [gpg]
                format = ssh
            [gpg "ssh"]
                allowedSignersFile = ~/signers

            """);

        (int committed, string said) = await sofa.Ask("git init -q work && cd work && git commit -q -S --allow-empty -m signed");
        (int verified, string verdict) = await sofa.Ask("git verify-commit HEAD");

        Assert.Equal((0, ""), (committed, said));
        Assert.Equal(0, verified);
        Assert.Contains("Good \"git\" signature for person@example.org", verdict, StringComparison.Ordinal);
    }
}
