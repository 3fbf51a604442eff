using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>
/// Starts a program with nothing of ours but what is passed on purpose: no other descriptor, working directory /, default signals, the given
/// environment.
/// </summary>
internal static unsafe class ChildProcess
{
    private const string Null = "/dev/null";

    /// <param name="arguments">The name that the program sees itself called by, then its arguments.</param>
    /// <param name="environment">NAME=value each.</param>
    /// <param name="ownSession">It outlives the session that it was started from.</param>
    /// <returns>The child's pid, or minus errno.</returns>
    public static int Start(string program, string[] arguments, string[] environment, PassedDescriptors passed, bool ownSession)
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
        short session = ownSession ? LibC.POSIX_SPAWN_SETSID : (short)0;
        _ = LibC.posix_spawnattr_setflags(attributes, (short)(session | LibC.POSIX_SPAWN_SETSIGDEF | LibC.POSIX_SPAWN_SETSIGMASK));

        for (int number = 0; number < passed.Count; number++)
        {
            _ = passed[number] == PassedDescriptors.Nothing
                ? LibC.posix_spawn_file_actions_addopen(actions, number, Null, LibC.O_RDWR, 0)
                : LibC.posix_spawn_file_actions_adddup2(actions, passed[number], number);
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

    /// <summary>Waits for the end of a child; its pid is its own until then, and cannot hit another process.</summary>
    /// <param name="kill">Ends it first.</param>
    /// <returns>Whether it ended by itself, with status 0.</returns>
    public static bool Reap(int pid, bool kill)
    {
        if (kill)
        {
            _ = LibC.kill(pid, LibC.SIGKILL);
        }

        int status;
        int waited;
        do
        {
            waited = LibC.Result(LibC.waitpid(pid, &status, 0));
        }
        while (waited == -Errno.EINTR);
        return waited == pid && status == 0;
    }
}
