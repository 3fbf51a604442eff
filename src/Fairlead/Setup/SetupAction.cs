namespace Fairlead.Setup;

/// <summary>What a step does.</summary>
internal enum SetupAction
{
    /// <summary>All is as it should be already, or cannot be helped: see <see cref="SetupStep.Problem"/>.</summary>
    Nothing,

    /// <summary>Writes a text into a file.</summary>
    Write,

    /// <summary>Removes a file or a link.</summary>
    Remove,

    /// <summary>Makes a link, and lists it.</summary>
    Link,

    /// <summary>Lets systemd listen.</summary>
    Listen,

    /// <summary>Lets systemd listen and serve no longer.</summary>
    Disable,

    /// <summary>Lets systemd read its units again.</summary>
    Reload,
}
