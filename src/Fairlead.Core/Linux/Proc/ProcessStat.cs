using System.Buffers.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>One line of /proc/PID/stat (proc_pid_stat(5)): readable for every process, unless /proc is mounted with hidepid.</summary>
/// <param name="Command">At most 15 bytes, as the process named itself: "tmux: server".</param>
/// <param name="Terminal">The controlling terminal's device number; 0 for none.</param>
/// <param name="Started">Clock ticks since boot. Together with the pid it identifies a process: a pid alone may be used again.</param>
internal readonly record struct ProcessStat(int Pid, string Command, int Parent, int Session, int Terminal, ulong Started)
{
    /// <summary>Longer than any line: fifty-two numbers of at most twenty digits and the command.</summary>
    private const int MaxLength = 1280;

    /// <summary>Ticks of <see cref="Started"/> in a second: USER_HZ, which every Linux that fairlead runs on exports as 100.</summary>
    public const int TicksPerSecond = 100;

    public ProcessIdentity Identity => new(Pid, Started);

    public bool HasTerminal => Terminal != 0;

    /// <summary>The process group: all programs of one pipeline are in one.</summary>
    public int Group { get; init; }

    /// <summary>The process group in the foreground of its terminal (tpgid); -1 without a terminal.</summary>
    public int ForegroundGroup { get; init; }

    /// <summary>It has ended, and its parent has not yet waited for it (state Z or X).</summary>
    public bool IsZombie { get; init; }

    /// <summary>A signal has stopped it (state T), as Ctrl-Z does.</summary>
    public bool IsStopped { get; init; }

    /// <returns>False when the process is gone or hidden.</returns>
    public static bool TryRead(int pid, out ProcessStat stat)
    {
        Span<byte> line = stackalloc byte[MaxLength];
        int length = SmallFile.Read(ProcessFile.PathOf(pid, "stat"), line);
        if (length <= 0)
        {
            stat = default;
            return false;
        }

        return TryParse(line[..length], out stat);
    }

    /// <summary>The command is in parentheses and may itself contain parentheses and spaces: the last parenthesis ends it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ProcessStat stat)
    {
        stat = default;
        int open = line.IndexOf((byte)'(');
        int close = line.LastIndexOf((byte)')');
        if (open < 1 || close < open || !Utf8Parser.TryParse(line[..open], out int pid, out _))
        {
            return false;
        }

        string command = System.Text.Encoding.UTF8.GetString(line[(open + 1)..close]);
        var fields = new FieldReader(line[(close + 1)..]);
        ReadOnlySpan<byte> state = fields.Next();
        if (!fields.TryRead(out long parent) || !fields.TryRead(out long group))
        {
            return false;
        }

        if (!fields.TryRead(out long session) || !fields.TryRead(out long terminal))
        {
            return false;
        }

        if (!fields.TryRead(out long foreground))
        {
            return false;
        }

        fields.Skip(13); // flags up to itrealvalue
        if (!fields.TryRead(out long started))
        {
            return false;
        }

        stat = new ProcessStat(pid, command, (int)parent, (int)session, (int)terminal, (ulong)started)
        {
            Group = (int)group,
            ForegroundGroup = (int)foreground,
            IsZombie = state is [(byte)'Z' or (byte)'X'],
            IsStopped = state is [(byte)'T'],
        };
        return true;
    }

    private ref struct FieldReader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> rest = rest;

        public bool TryRead(out long value)
        {
            ReadOnlySpan<byte> field = Next();
            return Utf8Parser.TryParse(field, out value, out int consumed) && consumed == field.Length;
        }

        public void Skip(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Next();
            }
        }

        public ReadOnlySpan<byte> Next()
        {
            rest = rest.TrimStart((byte)' ');
            int end = rest.IndexOfAny((byte)' ', (byte)'\n');
            ReadOnlySpan<byte> field = end < 0 ? rest : rest[..end];
            rest = rest[field.Length..];
            return field;
        }
    }
}

/// <summary>Identifies a process: its pid may be used again, by one that started later.</summary>
/// <param name="Started">Clock ticks since boot; 0 for a process that is gone or that hidepid hides, which only its pid identifies.</param>
internal readonly record struct ProcessIdentity(int Pid, ulong Started)
{
    public static ProcessIdentity Of(int pid) => ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Identity : new(pid, 0);
}
