using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Policy;

namespace Fairlead.Tests.Asking;

/// <summary>What a yes covers beyond one signature.</summary>
public sealed class QuestionSubjectTests
{
    private static readonly ProcessIdentity Holder = ProcessIdentity.Of(CurrentProcess.Pid);

    [Fact]
    public void A_login_is_covered_by_its_key_its_proven_server_and_its_user() =>
        Assert.Equal(new SignatureTerms(Subjects.Key, KeyFingerprint.Of([1, 2, 3]), "git", null, Holder), Subjects.Login.Terms);

    [Fact]
    public void Any_other_signature_is_covered_by_its_key_and_its_namespace() =>
        Assert.Equal(new SignatureTerms(Subjects.Key, null, null, "git", Holder), Subjects.Commit.Terms);

    [Theory]
    [InlineData("forwarded")]
    [InlineData("assumed")]
    [InlineData("no holder")]
    [InlineData("a key that may be any")]
    [InlineData("no server")]
    [InlineData("a server that is only claimed")]
    [InlineData("a signature that cannot be read")]
    public void Each_signature_is_a_question_of_its_own_if_it_has(string what) => Assert.Null((what switch
    {
        "forwarded" => Subjects.Commit with { Identity = new CallerIdentity(4711, 1) { IsForwarded = true } },
        "assumed" => Subjects.Commit with { Rule = Subjects.Rule with { IsAssumed = true } },
        "no holder" => Subjects.Of(null) with { Signature = Subjects.OfCommit },
        "a key that may be any" => Subjects.Commit with { Signature = Subjects.OfCommit with { Key = null } },
        "no server" => Subjects.Login with { Host = null },
        "a server that is only claimed" => Subjects.Login with { Host = Subjects.Server with { IsProven = false } },
        _ => Subjects.Login with { Signature = new RuleSignature(null, null, Subjects.Key) },
    }).Terms);
}
