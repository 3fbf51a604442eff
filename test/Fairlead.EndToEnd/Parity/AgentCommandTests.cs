using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Parity;

/// <summary>
/// Everything a person does to an agent, done once to ssh-agent itself and once through fairlead: nobody can tell which is which.
/// </summary>
public class AgentCommandTests
{
    /// <summary>Answers every question of ssh-add and ssh-agent with the contents of a file.</summary>
    private const string AskPass = "#!/bin/sh\ncat ~/answer\n";

    [Theory]
    [InlineData("ssh-add -l; echo $?; ssh-add -L", Label = "an empty agent")]
    [InlineData("ssh-add -q ed rsa ec; ssh-add -l; ssh-add -L", Label = "keys of three kinds")]
    [InlineData("ssh-add ed rsa; ssh-add -d ed.pub; ssh-add -l; ssh-add -d ed; ssh-add -l", Label = "adding and removing one")]
    [InlineData("ssh-add -q ed rsa; ssh-add -D; ssh-add -l", Label = "removing all")]
    [InlineData("ssh-add -q ed; ssh-add -q ed; ssh-add -l", Label = "adding one twice")]
    [InlineData("ssh-add -q ed rsa ec; for key in ed rsa ec; do ssh-add -T $key.pub; echo $?; done", Label = "a signature with each kind")]
    [InlineData("ssh-add -q ed; ssh-add -T rsa.pub", Label = "a signature with a key that is not there")]
    [InlineData("ssh-add ed cert; ssh-add -l; ssh-add -L; ssh-add -T cert-cert.pub; ssh-add -d cert; ssh-add -l", Label = "a certificate")]
    [InlineData("ssh-add -t 600 ed; ssh-add -l; ssh-add -T ed.pub", Label = "a lifetime that has not passed")]
    [InlineData(
        "ssh-add -t 1 ed; until ! ssh-add -l >/dev/null; do sleep 0.1; done; ssh-add -l; ssh-add -T ed.pub", Label = "a lifetime that passes")]
    [InlineData("echo yes >answer; ssh-add -c ed; ssh-add -T ed.pub; echo $?; echo no >answer; ssh-add -T ed.pub", Label = "a confirmed key")]
    [InlineData("ssh-add -q ed; echo secret >answer; ssh-add -x; ssh-add -l; ssh-add -T ed.pub; ssh-add -q rsa; ssh-add -x", Label = "locking")]
    [InlineData("ssh-add -q ed; echo secret >answer; ssh-add -x; ssh-add -X; ssh-add -l; ssh-add -T ed.pub", Label = "unlocking")]
    [InlineData(
        "ssh-add -q ed; echo secret >answer; ssh-add -x; echo wrong >answer; ssh-add -X; ssh-add -l; "
        + "echo secret >answer; ssh-add -X; ssh-add -l", Label = "unlocking with a wrong password")]
    [InlineData("echo secret >answer; ssh-add -X", Label = "unlocking what is not locked")]
    [InlineData(
        "echo 1234 >answer; ssh-add -s /usr/lib/no-such-provider.so; ssh-add -e /usr/lib/no-such-provider.so", Label = "a smartcard that is not there")]
    [InlineData(
        "ssh-add -q ed; echo text | ssh-keygen -q -Y sign -f ed.pub -n file >signature; "
        + "echo text | ssh-keygen -Y check-novalidate -n file -s signature", Label = "a signed file")]
    [InlineData("rm ed; echo text | ssh-keygen -q -Y sign -f ed.pub -n file", Label = "a signed file without the key")]
    [InlineData(
        "for i in $(seq 100); do ssh-keygen -q -t ed25519 -N '' -C $i -f k$i; done; "
        + "ssh-add -q k*[0-9]; ssh-add -l | wc -l; ssh-add -T k77.pub; ssh-add -D 2>&1", Label = "a hundred keys")]
    public async Task It_is_the_same_through_fairlead(string script)
    {
        await using Stage stage = await Stage.Raise(cure: Cure.None);
        await stage.Install();
        await PrepareKeys(stage);
        string answersQuestions = $"SSH_ASKPASS={stage.Person.InHome("askpass")}";
        SshAgent plain = await StartAgent("plain");
        SshAgent behind = await StartAgent("behind");
        ForegroundDaemon daemon = await ForegroundDaemon.StartBefore(stage, behind.Socket);

        Finished directly = await Play(stage, script, plain.Socket, answersQuestions);
        Finished through = await Play(stage, script, daemon.Socket, answersQuestions);

        Assert.Equal((directly.Output, directly.Error, directly.ExitCode), (through.Output, through.Error, through.ExitCode));
        Assert.Equal(await plain.List(), await behind.List());

        async Task<SshAgent> StartAgent(string name) => stage.Keep(
            await SshAgent.Start(stage.Person.InHome(name), stage.Person, answersQuestions, "SSH_ASKPASS_REQUIRE=force"));
    }

    private static async Task PrepareKeys(Stage stage)
    {
        await stage.Person.Write("askpass", AskPass, "755");
        (await stage.AsPerson("sh", "-euc",
            """
            mkdir keys; cd keys
            ssh-keygen -q -t ed25519 -N '' -C ed -f ed
            ssh-keygen -q -t rsa -b 2048 -N '' -C rsa -f rsa
            ssh-keygen -q -t ecdsa -N '' -C ec -f ec
            ssh-keygen -q -t ed25519 -N '' -C cert -f cert
            ssh-keygen -q -t ed25519 -N '' -C authority -f authority
            ssh-keygen -q -s authority -I somebody -n somebody cert.pub
            """)).Succeeded();
    }

    /// <summary>Both plays find the same keys under the same names, so that every word they print can be compared.</summary>
    private static Task<Finished> Play(Stage stage, string script, string socket, string answersQuestions) =>
        Invocation.Of("sh", "-c", $"rm -rf play; cp -r keys play; cd play; ln -s play/answer ../answer 2>/dev/null; {script}")
            .As(stage.Person, $"SSH_AUTH_SOCK={socket}", answersQuestions, "SSH_ASKPASS_REQUIRE=force").Run();
}
