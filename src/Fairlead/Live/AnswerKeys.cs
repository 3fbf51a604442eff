namespace Fairlead.Live;

/// <summary>
/// Takes a person's answer from keys so that nobody answers by accident: whoever types something else when the question appears must first
/// pause, and then type two digits that they have just been shown.
/// </summary>
/// <param name="choose">Gives the next two digits.</param>
internal sealed class AnswerKeys(TimeProvider time, Func<string> choose)
{
    private const byte Escape = 0x1b;

    /// <summary>Without any key, before the digits are shown. Twice as long after each wrong key.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(700);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(6);

    private TimeSpan pause = FirstPause;
    private long lastKey = time.GetTimestamp();
    private int typed;

    /// <summary>What allows the signature; null until the person pauses.</summary>
    public string? Digits { get; private set; }

    /// <summary>How long until the digits are shown, if no key comes; null if they are.</summary>
    public TimeSpan? Left => Digits is null ? pause - time.GetElapsedTime(lastKey) : null;

    /// <summary>Shows the digits when the person has paused for long enough.</summary>
    /// <returns>Whether they are new.</returns>
    public bool Look()
    {
        if (Left is not TimeSpan left || left > TimeSpan.Zero)
        {
            return false;
        }

        (Digits, typed) = (choose(), 0);
        return true;
    }

    /// <summary>Takes keys that came together: an arrow key is Escape and more.</summary>
    /// <returns>Whether the person says yes; null for no answer yet.</returns>
    public bool? Take(ReadOnlySpan<byte> keys)
    {
        lastKey = time.GetTimestamp();
        if (Digits is null)
        {
            return null;
        }

        if (keys is [Escape])
        {
            return false;
        }

        foreach (byte key in keys)
        {
            if (typed == Digits.Length || key != Digits[typed])
            {
                StartAgain();
                return null;
            }

            typed++;
        }

        return typed == Digits.Length ? true : null;
    }

    private void StartAgain()
    {
        Digits = null;
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }
}
