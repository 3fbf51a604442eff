using System.Text;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Policy;

namespace Fairlead.Tests.Asking;

/// <summary>What the person is asked: logins, unless a test says otherwise, by a program that runs as long as the test does.</summary>
internal static class Subjects
{
    public const string Key = "SHA256:key";

    public static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    public static readonly PolicyRule Rule = new(new RuleConditions { Under = "claude" }, 12) { Ask = new AskChoice(IsAsked: true, HalfAnHour) };

    public static readonly BoundHost Server = new([1, 2, 3], IsProven: true);

    public static readonly RuleSignature AsGit = new("git", null, Key);

    public static readonly RuleSignature OfCommit = new(null, "git", Key);

    public static QuestionSubject Login { get; } = Of(ProcessIdentity.Of(CurrentProcess.Pid));

    public static QuestionSubject Commit { get; } = Login with { Signature = OfCommit, Host = null };

    /// <summary>A login that is like no other one, and asked about each time.</summary>
    public static QuestionSubject Each { get; } = Login with { Rule = Rule with { Ask = AskChoice.EachTime }, Asker = Asker.Unknown(4711) };

    /// <param name="holder">The program that a yes is given to.</param>
    public static QuestionSubject Of(ProcessIdentity? holder) =>
        new(new CallerIdentity(4711, 1), new Asker(new CallerSketch(4711) { Command = "ssh" }, holder), Rule, Encoding.ASCII.GetBytes("key"), AsGit) { Host = Server };
}
