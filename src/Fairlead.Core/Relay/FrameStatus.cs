namespace Fairlead.Core.Relay;

/// <summary>What came of reading a frame.</summary>
internal enum FrameStatus
{
    /// <summary>A whole frame.</summary>
    Complete,

    /// <summary>The peer ended the connection between two frames.</summary>
    Ended,

    /// <summary>The announced length is zero or beyond the limit.</summary>
    Malformed,

    /// <summary>The connection broke, or was called off, inside a frame or while waiting.</summary>
    Broken,
}
