namespace Fairlead.EndToEnd.Chaos;

/// <summary>How an agent behaves at the moment.</summary>
internal enum Temper
{
    /// <summary>Answers at once.</summary>
    Good,

    /// <summary>Lists after a while, as over a satellite; signs at once.</summary>
    Slow,

    /// <summary>Lists at once; signs when its person has touched a key, which is when something else happens.</summary>
    Touch,

    /// <summary>Accepts, reads, and says nothing.</summary>
    Silent,

    /// <summary>Does not even accept: a laptop that fell asleep.</summary>
    Asleep,

    /// <summary>Says half of an answer, and the rest when it is woken.</summary>
    HalfSilent,

    /// <summary>Closes instead of answering.</summary>
    Closing,

    /// <summary>Says half of an answer and closes.</summary>
    HalfAnswer,

    /// <summary>Announces more than any message may have.</summary>
    Oversized,

    /// <summary>Announces a message of no bytes.</summary>
    ZeroLength,

    /// <summary>Answers with a message that is none.</summary>
    Garbage,

    /// <summary>Lists keys whose lengths lead nowhere.</summary>
    WrongLengths,

    /// <summary>Says one thing more than it was asked.</summary>
    Chatty,

    /// <summary>Speaks before it was asked.</summary>
    Blurting,

    /// <summary>Fails at everything.</summary>
    Refusing,

    /// <summary>Has no keys.</summary>
    Empty,
}
