namespace Fairlead;

/// <summary>
/// How long any wait of a test may last before the test gives up. Waits end by events; the deadline only turns a hang into a message, so it is generous: the
/// machine may be busy with other work.
/// </summary>
internal static class Deadline
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    public static Task InTime(this Task task) => task.WaitAsync(Length);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Length);

    /// <param name="describe">What is known of what did not happen.</param>
    public static async Task<T> InTime<T>(this Task<T> task, Func<Task<string>> describe)
    {
        try
        {
            return await task.WaitAsync(Length);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"after {Length.TotalSeconds} s: {await describe()}");
        }
    }
}
