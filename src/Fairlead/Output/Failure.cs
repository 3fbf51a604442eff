using System.Text.RegularExpressions;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Output;

/// <summary>Why a command could not do its work.</summary>
/// <param name="Message">What happened: lower case, no full stop.</param>
/// <param name="Hint">What to type next.</param>
internal sealed partial record Failure(int ExitCode, string Message, string? Hint = null)
{
    /// <summary>Fewer than the daemon needs for its own sockets and watches, and more than any command opens at once.</summary>
    private const int MinDescriptors = 32;

    /// <summary>Of the same kind, to be told with it: all mistakes of a file.</summary>
    public IReadOnlyList<Failure> Others { get; init; } = [];

    /// <summary>What is said of an exception that nobody expected: one sentence, and never a stack trace.</summary>
    public static Failure Of(Exception fault) => fault switch
    {
        SystemCallException { Result: -Errno.EAGAIN } => new Failure(Output.ExitCode.Failed, fault.Message, "ulimit -u"),
        SystemCallException call => new Failure(Output.ExitCode.Failed, fault.Message, Errno.IsExhausted(call.Result) ? "ulimit -n" : null),
        OutOfMemoryException => new Failure(Output.ExitCode.Failed, "the system has no memory, or no thread, left for this", "ulimit -a"),
        _ => new Failure(Output.ExitCode.Failed, $"an internal error, please report it{Place}: {Describe(fault)}", "fairlead doctor --report"),
    };

    /// <summary>Where bugs go, to end a clause; empty where that is not known.</summary>
    private static string Place => ProjectAddress.Own.Issues is { } issues ? $" at {issues}" : "";

    /// <summary>Null when a command can begin with so many descriptors.</summary>
    public static Failure? OfFewDescriptors(long limit) =>
        limit < MinDescriptors ? new Failure(Output.ExitCode.Failed, $"{limit} open files are too few (RLIMIT_NOFILE)", "ulimit -n 1024") : null;

    /// <summary>An exception on one line: what it is, and where in fairlead it was.</summary>
    public static string Describe(Exception fault)
    {
        string[] frames = fault.StackTrace?.Split('\n', StringSplitOptions.TrimEntries) ?? [];
        return string.Join(' ', [$"{fault.GetType().Name}: {fault.Message}", .. frames.Where(frame => frame.Contains("Fairlead.", StringComparison.Ordinal)).Take(3)]);
    }

    /// <summary>Two lines for standard error, and two for each of the others.</summary>
    public override string ToString() => AsTyped("fairlead");

    /// <returns>The exit code.</returns>
    public int WriteTo(TextWriter error)
    {
        error.Write(AsTyped((error as StandardWriter)?.Program ?? "fairlead"));
        return ExitCode;
    }

    /// <param name="program">What a person types for fairlead: its path where their shell does not find it.</param>
    internal string AsTyped(string program)
    {
        string hint = Hint is null ? "" : $"hint: {OwnCommand().Replace(PlainText.Of(Hint), program.Replace("$", "$$", StringComparison.Ordinal))}\n";
        return $"fairlead: {PlainText.Of(Message)}\n{hint}{string.Concat(Others.Select(other => other.AsTyped(program)))}";
    }

    /// <summary>The program's name where a verb or an option follows, and no path is in front of it.</summary>
    [GeneratedRegex(@"(?<![\w./-])fairlead(?= [a-z-])")]
    private static partial Regex OwnCommand();
}
