namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// How long any wait may last before a test gives up. Waits end by events; the deadline only turns a hang into a message,
/// so it is generous: the machine may be busy with other work.
/// </summary>
internal static class Deadline
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(45);

    public static async Task<T> Keep<T>(Task<T> awaited, Func<Task<string>> describe)
    {
        try
        {
            return await awaited.WaitAsync(Length);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"after {Length.TotalSeconds} s: {await describe()}");
        }
    }
}
