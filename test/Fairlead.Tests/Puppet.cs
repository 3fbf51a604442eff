using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests;

/// <summary>
/// A real process that does what a script says with descriptors that it is handed. The kernel notes who called listen() and connect(),
/// not who made the socket, so a puppet gives a socket of the test another pid, another uid, another place in the tree of processes.
/// </summary>
/// <remarks>
/// Scripts are Perl, which every Debian has and which can change its own title as sshd does. They get 3, 4, ... as their
/// descriptors, write a line to say how far they are, and end when their standard input does.
/// </remarks>
internal sealed unsafe partial class Puppet : IDisposable
{
    private const string Perl = "/usr/bin/perl";

    private readonly Stream control;
    private readonly StreamReader said;

    private Puppet(int pid, int control, int said)
    {
        Pid = pid;
        this.control = StreamOf(control, FileAccess.Write);
        this.said = new StreamReader(StreamOf(said, FileAccess.Read));
    }

    public int Pid { get; }

    /// <param name="uid">Whose process it is; the test's own when null. Others need root.</param>
    /// <param name="environment">NAME=value each.</param>
    public static Puppet Start(string script, string[] arguments, int[] descriptors, uint? uid = null, string[]? environment = null)
    {
        string[] become = uid is null ? [] : ["/usr/bin/setpriv", $"--reuid={uid}", $"--regid={uid}", "--clear-groups"];
        string[] command = [.. become, Perl, "-MSocket", "-e", "$| = 1;" + script, .. arguments];
        (int input, int control) = MakePipe();
        (int said, int output) = MakePipe();
        int pid = Spawn(command, environment ?? [], [input, output, 2, .. descriptors]);
        _ = LibC.close(input);
        _ = LibC.close(output);
        Assert.True(pid > 0, Errno.Describe(pid));
        return new Puppet(pid, control, said);
    }

    /// <summary>One that the kernel knows by another name, as the programs that fairlead looks for; it has said that it is up.</summary>
    /// <param name="script">What it does before.</param>
    public static Puppet StartAs(string name, string script)
    {
        var puppet = Start($"{script}; open my $f, '>', '/proc/self/comm' or die; print $f '{name}'; close $f; print qq(up\n); <STDIN>", [], []);
        Assert.Equal("up", puppet.Hear());
        return puppet;
    }

    /// <summary>The next line that it writes; null at its end.</summary>
    public string? Hear() => said.ReadLineAsync().InTime().GetAwaiter().GetResult();

    /// <summary>Lets it go on by one line of its standard input.</summary>
    public void Tell(string line) => control.Write(Encoding.ASCII.GetBytes(line + "\n"));

    public void Dispose()
    {
        control.Dispose();
        said.Dispose();
        _ = waitpid(Pid, null, 0);
    }

    private static FileStream StreamOf(int descriptor, FileAccess access) =>
        new(new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static (int Read, int Write) MakePipe()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, LibC.pipe2(ends, LibC.O_CLOEXEC));
        return (ends[0], ends[1]);
    }

    private static int Spawn(string[] command, string[] environment, int[] descriptors)
    {
        byte* actions = stackalloc byte[LibC.SpawnStructSize];
        _ = LibC.posix_spawn_file_actions_init(actions);
        for (int i = 0; i < descriptors.Length; i++)
        {
            _ = LibC.posix_spawn_file_actions_adddup2(actions, descriptors[i], i);
        }

        byte** arguments = Strings(command);
        byte** variables = Strings(environment);
        int pid;
        int error = LibC.posix_spawn(&pid, command[0], actions, null, arguments, variables);
        _ = LibC.posix_spawn_file_actions_destroy(actions);
        Free(arguments);
        Free(variables);
        return error == 0 ? pid : -error;
    }

    private static byte** Strings(string[] strings)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)(strings.Length + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < strings.Length; i++)
        {
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }

        return array;
    }

    private static void Free(byte** strings)
    {
        for (byte** next = strings; *next is not null; next++)
        {
            Marshal.FreeCoTaskMem((nint)(*next));
        }

        NativeMemory.Free(strings);
    }

    [LibraryImport("libc")]
    private static partial int waitpid(int pid, int* status, int options);
}
