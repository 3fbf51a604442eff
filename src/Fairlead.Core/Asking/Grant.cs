using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Asking;

/// <summary>A yes that holds for further signatures.</summary>
/// <param name="Subject">What the person was asked.</param>
/// <param name="By">Who said so.</param>
/// <param name="Until">For people: a clock that is set back does not make it longer.</param>
/// <param name="Given">When, as a timestamp.</param>
internal sealed record Grant(SignatureTerms Terms, QuestionSubject Subject, Answerer By, DateTimeOffset Since, DateTimeOffset Until, long Given)
{
    /// <summary>It ends with its time, with the program that it was given to, and with the login of the person who gave it.</summary>
    public bool Holds(TimeProvider time) =>
        time.GetElapsedTime(Given) < Until - Since && IsThere(Terms.Holder) && (By.Login is not ProcessIdentity login || IsThere(login));

    private static bool IsThere(ProcessIdentity process) =>
        ProcessStat.TryRead(process.Pid, out ProcessStat stat) && stat.Identity == process && !stat.IsZombie;
}
