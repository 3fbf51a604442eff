using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>Whether git's ssh uses the agent that this shell does.</summary>
internal static class GitSshCheck
{
    private const string Name = "git ssh";

    public static IEnumerable<Finding> Examine(DoctorFacts facts) =>
        facts.GitSsh is { } git ? [Judge(git, facts)]
        : facts.Programs.Git is not null ? [Finding.Ok(Name, "git uses the same agent as ssh")]
        : [];

    private static Finding Judge(GitSshFacts git, DoctorFacts facts)
    {
        string place = git.Source switch
        {
            GitSshSource.CommandVariable => "GIT_SSH_COMMAND",
            GitSshSource.ProgramVariable => "the script in GIT_SSH",
            _ => "git's core.sshCommand",
        };
        string? fix = git switch
        {
            { Source: GitSshSource.CommandVariable } => facts.Shell.Lines.Forget("GIT_SSH_COMMAND"),
            { Source: GitSshSource.ProgramVariable } => facts.Shell.Lines.Forget("GIT_SSH"),
            { Origin: { } file } when !Path.IsPathRooted(file) => "git config --local --edit", // a relative path is the repository's, from its top
            { Origin: { } file } => $"git config --file {TypedPath.Of(file, facts.Place.Home)} --edit",
            _ => null,
        };
        return git.Trouble == GitSshTrouble.MissingKey
            ? Finding.Problem(
                Name,
                $"{place} names a missing key file, {git.Value}",
                "With IdentitiesOnly, git then offers none of your agent's keys. Copy the public key from your laptop, or change the setting.",
                fix)
            : Finding.Problem(
                Name,
                git.Value == "none" ? $"{place} keeps git from using an agent" : $"{place} makes git use another agent, {git.Value}",
                "git fetch and git push ignore SSH_AUTH_SOCK.",
                fix);
    }
}
