namespace Fairlead.EndToEnd.Chaos;

/// <summary>What may be expected of an agent at the moment.</summary>
internal enum Standing
{
    /// <summary>It answers: whoever asks it gets its keys and its signatures.</summary>
    Able,

    /// <summary>It is about to listen.</summary>
    Coming,

    /// <summary>It may answer, or never: it is silent, or has been silent and may not be known to be back.</summary>
    Uncertain,

    /// <summary>It hangs up, for once or for good, which fairlead notices at once.</summary>
    Ending,

    /// <summary>It answers with whatever it likes.</summary>
    Lying,

    /// <summary>It answers that it cannot.</summary>
    Refusing,

    /// <summary>It answers that it has no keys.</summary>
    Empty,
}
