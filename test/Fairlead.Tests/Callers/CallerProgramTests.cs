using Fairlead.Core.Callers;

namespace Fairlead.Tests.Callers;

public sealed class CallerProgramTests
{
    [Fact]
    public void The_folder_and_the_program_of_a_caller_are_read()
    {
        Caller caller = CallerReader.WithProgram(new Caller(Environment.ProcessId, [Environment.ProcessId], null));

        Assert.Equal(Environment.CurrentDirectory, caller.Folder);
        Assert.Equal(Path.GetFileName(Environment.ProcessPath), Path.GetFileName(caller.Executable));
    }

    [Fact]
    public void A_caller_that_is_gone_is_not_asked_its_pid_may_be_another_s_now()
    {
        Caller gone = Caller.Unknown with { Pid = Environment.ProcessId };

        Assert.Same(gone, CallerReader.WithProgram(gone));
    }
}
