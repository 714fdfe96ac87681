package dev.errand.handlers.corpus;

/// The SimHash (Charikar, 2002) of a text over its runs of three words: texts that differ in little
/// differ in few bits.
final class SimHash {
  /// Up to so many different bits count as nearly the same text.
  private static final int NEAR = 3;

  /// Of a text with too few words for any run to be sampled: nothing is known of it.
  private static final long NONE = 0;

  /// One run in so many is sampled: enough for the text of a page, and quick for long ones.
  private static final int SAMPLE = 4;

  private SimHash() {}

  static long of(String text) {
    var votes = new int[Long.SIZE];
    long before = 0;
    long last = 0;
    long word = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c)) {
        word = word * 31 + Character.toLowerCase(c);
      } else if (word != 0) {
        vote(mixed(before * 961 + last * 31 + word), votes);
        before = last;
        last = word;
        word = 0;
      }
    }
    return majority(votes);
  }

  /// Whether two texts say nearly the same; false where one is too short to tell.
  static boolean resemble(long one, long other) {
    return one != NONE && other != NONE && Long.bitCount(one ^ other) <= NEAR;
  }

  private static void vote(long run, int[] votes) {
    if (Long.remainderUnsigned(run, SAMPLE) != 0) {
      return;
    }
    long bits = mixed(run);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      votes[bit] += (int) (bits >>> bit & 1) * 2 - 1;
    }
  }

  private static long majority(int[] votes) {
    long fingerprint = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      fingerprint |= votes[bit] > 0 ? 1L << bit : 0;
    }
    return fingerprint;
  }

  /// The finalizer of SplitMix64.
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
