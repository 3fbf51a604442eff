namespace Fairlead.EndToEnd.Chaos;

/// <summary>What follows from a temper.</summary>
internal static class Tempers
{
    extension(Temper temper)
    {
        public Standing Standing => temper switch
        {
            Temper.Good or Temper.Slow => Standing.Able,
            Temper.Closing or Temper.HalfAnswer or Temper.Oversized or Temper.ZeroLength => Standing.Ending,
            Temper.Garbage or Temper.WrongLengths or Temper.Chatty or Temper.Blurting => Standing.Lying,
            Temper.Refusing => Standing.Refusing,
            Temper.Empty => Standing.Empty,
            _ => Standing.Uncertain,
        };

        /// <summary>Whether fairlead may have given it up, so that its next answers need not be asked for.</summary>
        public bool LeavesDoubt => temper is Temper.Touch or Temper.Silent or Temper.Asleep or Temper.HalfSilent;
    }
}
