using CsCheck;
using Fairlead.Asking;

namespace Fairlead.Tests.Asking;

/// <summary>A message passes through tmux, screen and terminals, with other people's words in it.</summary>
public sealed class MessageTextTests
{
    [Theory]
    [InlineData("ssh (4711), tmux 3, wants key al@laptop for git@github.com", "ssh (4711), tmux 3, wants key al@laptop for git@github.com")]
    [InlineData("#(touch /tmp/x)", "?(touch /tmp/x)")]
    [InlineData("#[fg=red]#{pane_id}##", "?[fg=red]??pane_id???")]
    [InlineData("%H:%M ^A$HOME \\r", "?H:?M ?A?HOME ?r")]
    [InlineData("`id` ; kill & | > <", "?id? ? kill ? ? ? ?")]
    [InlineData("\u001b]0;title\u0007\u009b2J\r\n\0", "?]0?title??2J???")]
    [InlineData("Grüße \u202eabc\u2028", "Grüße ?abc?")]
    public void Signs_that_mean_something_to_them_are_replaced(string sentence, string shown) =>
        Assert.Equal($"fairlead answer: {shown}", MessageText.Of(sentence));

    [Fact]
    public void Whatever_the_sentence_is_the_message_has_letters_digits_and_harmless_signs_only() => Gen.String[0, 300].Sample(sentence =>
    {
        string text = MessageText.Of(sentence);
        Assert.All(text, letter => Assert.True(char.IsLetterOrDigit(letter) || " .,:@/()[]_+-='?".Contains(letter), $"U+{(int)letter:X4}"));
        Assert.Equal(Math.Min(sentence.Length, 240), text.Length - MessageText.Of("").Length);
    });
}
