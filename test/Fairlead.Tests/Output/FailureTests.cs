using Fairlead.Core.Linux.Interop;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

public sealed class FailureTests
{
    [Fact]
    public void A_mistake_of_fairleads_is_one_sentence_to_report()
    {
        string said = Failure.Of(Catch(() => Failure.Describe(null!))).ToString();

        Assert.StartsWith("fairlead: an internal error, please report it: NullReferenceException: ", said, StringComparison.Ordinal);
        Assert.Contains(" at Fairlead.Output.", said, StringComparison.Ordinal);
        Assert.EndsWith("\nhint: fairlead doctor --report\n", said, StringComparison.Ordinal);
        Assert.Equal(2, said.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(Errno.EMFILE, "fairlead: eventfd: too many open files\nhint: ulimit -n\n")]
    [InlineData(Errno.EAGAIN, "fairlead: eventfd: the system has none left for now\nhint: ulimit -u\n")]
    [InlineData(Errno.EPERM, "fairlead: eventfd: operation not permitted\n")]
    public void What_the_system_refuses_is_said_with_its_limit(int error, string said) =>
        Assert.Equal(said, Failure.Of(new SystemCallException("eventfd", -error)).ToString());

    [Fact]
    public void Memory_and_threads_that_are_used_up_are_no_mistake() =>
        Assert.Equal("fairlead: the system has no memory, or no thread, left for this\nhint: ulimit -a\n", Failure.Of(new InsufficientMemoryException()).ToString());

    [Theory]
    [InlineData(31, "fairlead: 31 open files are too few (RLIMIT_NOFILE)\nhint: ulimit -n 1024\n")]
    [InlineData(32, null)]
    public void Too_few_descriptors_are_said_before_anything_fails(long limit, string? said) => Assert.Equal(said, Failure.OfFewDescriptors(limit)?.ToString());

    private static Exception Catch(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            return fault;
        }

        throw new InvalidOperationException("nothing was thrown");
    }
}
