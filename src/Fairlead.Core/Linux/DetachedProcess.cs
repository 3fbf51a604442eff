namespace Fairlead.Core.Linux;

/// <summary>
/// Starts a program that outlives the login it was started from and holds nothing of it: a session of its own, no inherited descriptor, standard
/// streams on /dev/null, working directory /, default signals. A child that kept stdout would block <c>$(...)</c> and <c>ssh host command</c>.
/// </summary>
internal static unsafe class DetachedProcess
{
    private const string Null = "/dev/null";

    /// <param name="environment">NAME=value each.</param>
    /// <param name="passed">A descriptor that the child gets as number 3, or -1 for none.</param>
    /// <returns>The child's pid, or minus errno.</returns>
    public static int Start(string program, string[] arguments, string[] environment, int passed)
    {
        byte* attributes = stackalloc byte[LibC.SpawnStructSize];
        byte* actions = stackalloc byte[LibC.SpawnStructSize];
        byte* signals = stackalloc byte[LibC.SpawnStructSize];
        _ = LibC.posix_spawnattr_init(attributes);
        _ = LibC.posix_spawn_file_actions_init(actions);

        _ = LibC.sigfillset(signals);
        _ = LibC.posix_spawnattr_setsigdefault(attributes, signals);
        _ = LibC.sigemptyset(signals);
        _ = LibC.posix_spawnattr_setsigmask(attributes, signals);
        _ = LibC.posix_spawnattr_setflags(
            attributes,
            LibC.POSIX_SPAWN_SETSID | LibC.POSIX_SPAWN_SETSIGDEF | LibC.POSIX_SPAWN_SETSIGMASK);

        _ = LibC.posix_spawn_file_actions_addopen(actions, 0, Null, LibC.O_RDONLY, 0);
        _ = LibC.posix_spawn_file_actions_addopen(actions, 1, Null, LibC.O_WRONLY, 0);
        _ = LibC.posix_spawn_file_actions_addopen(actions, 2, Null, LibC.O_WRONLY, 0);
        if (passed >= 0)
        {
            _ = LibC.posix_spawn_file_actions_adddup2(actions, passed, 3);
        }

        _ = LibC.posix_spawn_file_actions_addchdir_np(actions, "/");
        _ = LibC.close_range(3, uint.MaxValue, LibC.CLOSE_RANGE_CLOEXEC);

        int pid;
        using var argumentList = new CStringArray(arguments);
        using var environmentList = new CStringArray(environment);
        int error = LibC.posix_spawn(&pid, program, actions, attributes, argumentList.Pointer, environmentList.Pointer);
        _ = LibC.posix_spawn_file_actions_destroy(actions);
        _ = LibC.posix_spawnattr_destroy(attributes);
        return error == 0 ? pid : -error;
    }
}
