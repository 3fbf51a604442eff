using System.Text;
using CsCheck;
using Fairlead.Live;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Live;

/// <summary>Who types when a question appears has answered nothing; who means it types two digits.</summary>
public sealed class AnswerKeysTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);

    private readonly FakeTimeProvider time = new();
    private readonly AnswerKeys keys;
    private int drawn;

    public AnswerKeysTests() => keys = New(time);

    [Fact]
    public void The_digits_appear_after_a_pause_and_allow_it()
    {
        time.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.False(keys.Look());
        Assert.Equal((null, TimeSpan.FromMilliseconds(1)), (keys.Digits, keys.Left));

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(keys.Look());
        Assert.Equal(("47", null), (keys.Digits, keys.Left));
        Assert.False(keys.Look());

        Assert.Null(Type("4"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(Type("7"));
    }

    [Fact]
    public void Both_digits_may_come_at_once() => Assert.True(Shown("47"));

    [Fact]
    public void Escape_refuses()
    {
        Assert.False(Shown("\e"));
        Assert.Equal("47", keys.Digits);
        Assert.Null(Type("4"));
        Assert.False(Type("\e"));
    }

    [Theory]
    [InlineData("y")]
    [InlineData("Y\r")]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("\e[A")] // an arrow
    [InlineData("\eOP")] // F1
    [InlineData("\ex")] // Alt and a letter
    [InlineData("\e\e")]
    [InlineData("\0")]
    [InlineData("5")]
    [InlineData("74")]
    [InlineData("48")]
    [InlineData("447")]
    [InlineData("47\r")]
    [InlineData("471")]
    [InlineData("47; rm -rf x\n")]
    public void Any_other_key_answers_nothing_and_wants_a_longer_pause_and_digits_anew(string typed)
    {
        Assert.Null(Shown(typed));
        Assert.Equal((null, Pause * 2), (keys.Digits, keys.Left));

        Assert.Null(Type("47"));
        time.Advance(Pause * 2);
        Assert.True(keys.Look());
        Assert.Equal(2, drawn);
        Assert.True(Type("47"));
    }

    [Fact]
    public void A_wrong_second_digit_takes_the_first_away()
    {
        Assert.Null(Shown("4"));
        Assert.Null(Type("8"));
        time.Advance(Pause * 2);
        Assert.True(keys.Look());

        Assert.Null(Type("7"));
        time.Advance(Pause * 4);
        Assert.True(keys.Look());
        Assert.Null(Type("4"));
        Assert.True(Type("7"));
    }

    [Fact]
    public void Keys_before_the_digits_are_shown_answer_nothing_not_even_escape()
    {
        Assert.Null(Type("47"));
        Assert.Null(Type("\e"));
        time.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.Null(Type("4"));
        Assert.Equal(Pause, keys.Left);
        Assert.Equal(0, drawn);
    }

    /// <summary>A key may come in the moment in which the pause is long enough.</summary>
    [Fact]
    public void Before_the_digits_are_shown_no_key_is_an_answer()
    {
        time.Advance(Pause);
        Assert.Null(Type("\e"));
        time.Advance(Pause);
        Assert.Null(Type("4"));
        Assert.Null(keys.Digits);
    }

    [Fact]
    public void The_pause_grows_to_six_seconds_and_no_further()
    {
        double[] pauses = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            double left = keys.Left!.Value.TotalSeconds;
            time.Advance(keys.Left.Value);
            Assert.True(keys.Look());
            Assert.Null(Type("x"));
            return left;
        })];

        Assert.Equal([0.7, 1.4, 2.8, 5.6, 6, 6], pauses);
    }

    /// <summary>The digits are the ones that come most often in what is typed.</summary>
    [Fact]
    public void Who_types_without_a_pause_for_half_a_minute_has_answered_nothing() =>
        Gen.Select(Gen.Int[0, 699].Array[30_000 / 350], Noise.OneOf("4", "7", "47", "\e", "y", "\r", "\e[B", "474747").Array[30_000 / 350]).Sample((gaps, typed) =>
        {
            var clock = new FakeTimeProvider();
            AnswerKeys answer = New(clock);
            foreach ((int gap, string text) in gaps.Zip(typed))
            {
                clock.Advance(TimeSpan.FromMilliseconds(gap));
                Assert.False(answer.Look());
                Assert.Null(answer.Take(Encoding.ASCII.GetBytes(text)));
            }
        }, iter: 200);

    [Fact]
    public void Who_types_words_at_any_speed_has_answered_nothing_and_saw_few_digits() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Char[" abcxyzYN\r\t0123568"].Array[1, 30]).Sample((gap, text) =>
        {
            var clock = new FakeTimeProvider();
            AnswerKeys answer = New(clock);
            int shown = 0;
            for (int passed = 0; passed < 30_000; passed += gap)
            {
                clock.Advance(TimeSpan.FromMilliseconds(gap));
                shown += answer.Look() ? 1 : 0;
                Assert.Null(answer.Take([(byte)text[passed / gap % text.Length]]));
            }

            Assert.InRange(shown, 0, 7);
        }, iter: 200);

    private AnswerKeys New(TimeProvider clock) => new(clock, () =>
    {
        drawn++;
        return "47";
    });

    private bool? Shown(string typed)
    {
        time.Advance(Pause);
        Assert.True(keys.Look());
        return Type(typed);
    }

    private bool? Type(string typed) => keys.Take(Encoding.ASCII.GetBytes(typed));
}
