namespace Fairlead.Output.Hosts;

/// <summary>What is under way with a host of <c>fairlead deploy</c>.</summary>
internal enum HostStage
{
    Connecting,

    /// <summary>It takes so long that a key may want a touch.</summary>
    MaybeTouch,

    /// <summary>It was turned away, and comes again a little later.</summary>
    Waiting,

    Sending,

    SettingUp,
}
