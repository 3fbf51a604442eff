using System.Text.Json;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Waiting;

/// <summary>Who waits for an agent, as <c>fairlead status</c> tells it.</summary>
internal static class Waiters
{
    /// <summary>Asks until so many wait; each look is a question to the daemon.</summary>
    public static async Task<JsonElement[]> Become(Stage stage, int count)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (true)
        {
            Finished status = await stage.AsPerson(stage.Fairlead, "status", "--json");
            if (status.Output is not "" && JsonElement.Parse(status.Output).GetProperty("waiting") is var waiting && waiting.GetArrayLength() == count)
            {
                return [.. waiting.EnumerateArray()];
            }
            late.Token.ThrowIfCancellationRequested();
        }
    }
}
