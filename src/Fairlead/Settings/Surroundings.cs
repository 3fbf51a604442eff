using Fairlead.Core.Linux.Proc;

namespace Fairlead.Settings;

/// <summary>Who runs fairlead and where: read once, passed as a value, so that no rule depends on the process it is tested in.</summary>
internal sealed record Surroundings
{
    public required uint Uid { get; init; }

    /// <summary>The login's own uid when root came by sudo.</summary>
    public uint? SudoUid { get; init; }

    public string? Home { get; init; }

    /// <summary>XDG_RUNTIME_DIR.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>XDG_CONFIG_HOME.</summary>
    public string? ConfigHome { get; init; }

    public required string HostName { get; init; }

    /// <summary>Where a folder is made when nothing else will do.</summary>
    public string TemporaryFolder { get; init; } = "/tmp";

    public static Surroundings Read() => new()
    {
        Uid = CurrentProcess.Uid,
        SudoUid = uint.TryParse(Variable("SUDO_UID"), out uint uid) ? uid : null,
        Home = AbsolutePath("HOME"),
        RuntimeFolder = AbsolutePath("XDG_RUNTIME_DIR"),
        ConfigHome = AbsolutePath("XDG_CONFIG_HOME"),
        HostName = Core.Linux.Interop.HostName.Read(),
    };

    /// <summary>Null when unset and when empty: both mean the same to a person.</summary>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The basedir specification has relative paths ignored.</summary>
    private static string? AbsolutePath(string name) => Variable(name) is ['/', ..] value ? value.Length > 1 ? value.TrimEnd('/') : value : null;
}
