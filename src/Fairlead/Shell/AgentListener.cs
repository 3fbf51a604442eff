namespace Fairlead.Shell;

/// <summary>Who listens at the SSH_AUTH_SOCK that a shell begins with.</summary>
internal enum AgentListener
{
    /// <summary>It is not set.</summary>
    Unset,

    /// <summary>The path is gone, refuses, or is served by somebody whose business it is not.</summary>
    Nobody,

    /// <summary>A login's session process: an agent forwarded from where the person sits.</summary>
    Login,

    /// <summary>fairlead.</summary>
    Ourselves,

    /// <summary>An agent that the person runs here, or that sudo brought along: keychain, gnome-keyring, ssh-agent.</summary>
    AnotherProgram,
}
