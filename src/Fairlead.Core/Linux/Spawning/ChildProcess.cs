using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Spawning;

/// <summary>
/// Starts a program that inherits only what is passed to it: no other descriptor, working directory / unless another is given, default
/// signals, the given environment.
/// </summary>
internal static unsafe class ChildProcess
{
    private const string Null = "/dev/null";

    /// <param name="arguments">The name by which the program is called, then its arguments.</param>
    /// <param name="environment">NAME=value each.</param>
    /// <param name="ownSession">It outlives the session that it was started from.</param>
    /// <param name="folder">Its working directory.</param>
    /// <returns>The child's pid, or minus errno.</returns>
    public static int Start(string program, string[] arguments, string[] environment, PassedDescriptors passed, bool ownSession, string folder = "/")
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

        _ = LibC.posix_spawn_file_actions_addchdir_np(actions, folder);
        _ = LibC.close_range(3, uint.MaxValue, LibC.CLOSE_RANGE_CLOEXEC);

        int pid;
        using var argumentList = new CStringArray(arguments);
        using var environmentList = new CStringArray(environment);
        int error = LibC.posix_spawn(&pid, program, actions, attributes, argumentList.Pointer, environmentList.Pointer);
        _ = LibC.posix_spawn_file_actions_destroy(actions);
        _ = LibC.posix_spawnattr_destroy(attributes);
        return error == 0 ? pid : -error;
    }

    /// <summary>Waits for the end of a child; until then no other process can have its pid.</summary>
    /// <param name="kill">Ends it first.</param>
    /// <returns>Whether it ended by itself, with status 0.</returns>
    public static bool Reap(int pid, bool kill)
    {
        if (kill)
        {
            _ = LibC.kill(pid, LibC.SIGKILL);
        }

        return WaitFor(pid) == 0;
    }

    /// <summary>How a child ended; waits for it.</summary>
    /// <returns>Its exit status; -1 if a signal ended it, or it is not a child of this process.</returns>
    public static int ExitStatusOf(int pid)
    {
        int status = WaitFor(pid);
        return status >= 0 && (status & 0x7f) == 0 ? status >> 8 : -1; // WIFEXITED and WEXITSTATUS of wait(2)
    }

    /// <returns>As waitpid(2) reports it; minus errno if there is no such child.</returns>
    private static int WaitFor(int pid)
    {
        int status;
        int waited;
        do
        {
            waited = LibC.Result(LibC.waitpid(pid, &status, 0));
        }
        while (waited == -Errno.EINTR);
        return waited == pid ? status : waited;
    }
}
