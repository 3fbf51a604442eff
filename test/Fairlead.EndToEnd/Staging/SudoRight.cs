namespace Fairlead.EndToEnd.Staging;

/// <summary>Lets an account use sudo without a password, for one test.</summary>
internal sealed class SudoRight : IAsyncDisposable
{
    private readonly string file;

    private SudoRight(string file) => this.file = file;

    public static async Task<SudoRight> Grant(Account account)
    {
        string file = $"/etc/sudoers.d/{account.Name}";
        await File.WriteAllTextAsync(file, $"{account.Name} ALL=(ALL:ALL) NOPASSWD:SETENV: ALL\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        return new(file);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(file);
        return ValueTask.CompletedTask;
    }
}
