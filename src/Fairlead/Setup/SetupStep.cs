using Fairlead.Output;

namespace Fairlead.Setup;

/// <summary>One step of a plan.</summary>
/// <param name="Path">The file, or what is asked of systemd.</param>
/// <param name="Lines">What the plan says of it.</param>
internal sealed record SetupStep(SetupAction Action, string Path, params IReadOnlyList<string> Lines)
{
    /// <summary>What was in the file when the plan was made; null when it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>What is to be in the file, or where the link is to lead.</summary>
    public string Content { get; init; } = "";

    /// <summary>Files of one folder that the plan names together; they stand for what this step does.</summary>
    public IReadOnlyList<SetupStep> Parts { get; init; } = [];

    /// <summary>The folders above a removed file go, too, once they are empty: those below this one. Null for none.</summary>
    public string? EmptyFolders { get; init; }

    /// <summary>Why this is not to be had.</summary>
    public Failure? Problem { get; init; }
}

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

    /// <summary>Ends the daemons.</summary>
    Stop,

    /// <summary>Lets systemd read its units again.</summary>
    Reload,
}
