using Fairlead.Core.Multiplexers;

namespace Fairlead.Output;

/// <summary>What a person calls the program that their pane runs in.</summary>
internal static class MultiplexerName
{
    public static string Of(MultiplexerServer? multiplexer) => (multiplexer?.Kind ?? OtherServer.Instance).Name;
}
