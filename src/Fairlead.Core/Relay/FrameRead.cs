namespace Fairlead.Core.Relay;

/// <summary>A frame, or why there is none.</summary>
/// <param name="Frame">Not null exactly with <see cref="FrameStatus.Complete"/>; the reader disposes it.</param>
internal readonly record struct FrameRead(FrameStatus Status, Frame? Frame);
