namespace Fairlead.Doctor;

/// <summary>How git runs ssh, where that keeps it from using the agent of this shell.</summary>
/// <param name="Origin">The file of git's configuration that says so; null where a variable does.</param>
/// <param name="Trouble">What is wrong with it.</param>
/// <param name="Value">The agent, or the key file.</param>
internal sealed record GitSshFacts(GitSshSource Source, string? Origin, GitSshTrouble Trouble, string Value);

/// <summary>Where git has the command from, in the order in which it looks (git(1), core.sshCommand in git-config(1)).</summary>
internal enum GitSshSource
{
    /// <summary>GIT_SSH_COMMAND.</summary>
    CommandVariable,

    /// <summary>core.sshCommand.</summary>
    Setting,

    /// <summary>GIT_SSH, which names a program.</summary>
    ProgramVariable,
}

/// <summary>What keeps git's ssh from the agent of this shell.</summary>
internal enum GitSshTrouble
{
    /// <summary>Another agent, or "none".</summary>
    OtherAgent,

    /// <summary>IdentitiesOnly with a key file that does not exist here.</summary>
    MissingKey,
}
