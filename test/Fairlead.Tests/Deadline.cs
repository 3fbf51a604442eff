namespace Fairlead.Tests;

/// <summary>How long a test waits for an event that must come. Only a broken test or a broken fairlead ever reaches it.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    public static Task InTime(this Task task) => task.WaitAsync(Generous);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Generous);
}
