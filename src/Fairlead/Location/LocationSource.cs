namespace Fairlead.Location;

/// <summary>What decided where the socket lives.</summary>
internal enum LocationSource
{
    /// <summary>--socket on the command line.</summary>
    CommandLine,

    /// <summary>'socket' in the configuration.</summary>
    Configuration,

    /// <summary>~/.ssh/fairlead.</summary>
    Home,

    /// <summary>$XDG_RUNTIME_DIR/fairlead: the home can hold no socket.</summary>
    RuntimeFolder,

    /// <summary>/tmp/fairlead-UID: nothing else will do.</summary>
    TemporaryFolder,
}
