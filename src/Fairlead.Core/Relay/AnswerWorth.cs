namespace Fairlead.Core.Relay;

/// <summary>What an agent's answer is worth to a <see cref="HedgedRequest"/>.</summary>
internal enum AnswerWorth
{
    /// <summary>As if it had not answered.</summary>
    Nothing,

    /// <summary>Taken when nobody has a better one.</summary>
    Fallback,

    /// <summary>Ends the round, whatever those behind it would say.</summary>
    Final,
}
