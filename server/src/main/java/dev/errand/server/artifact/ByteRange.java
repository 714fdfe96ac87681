package dev.errand.server.artifact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of an artifact an answer has.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110 §14</a>
sealed interface ByteRange {

  /// All of them: nothing else was asked for, or in a way we need not understand, such as several
  /// ranges at once.
  record Whole() implements ByteRange {}

  record Part(long offset, long length) implements ByteRange {}

  /// There are no such bytes.
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// What a `Range` header asks for.
  static ByteRange of(@Nullable String header, long size) {
    Matcher matcher = ONE_RANGE.matcher(header == null ? "" : header.replace(" ", ""));
    if (!matcher.matches()) {
      return new Whole();
    }
    Optional<Long> first = number(matcher.group(1));
    Optional<Long> last = number(matcher.group(2));
    if (first.isEmpty()) {
      return last.map(length -> suffix(length, size)).orElseGet(Whole::new);
    }
    return between(first.get(), last.orElse(Long.MAX_VALUE), size);
  }

  private static ByteRange suffix(long asked, long size) {
    long length = Math.min(asked, size);
    return length == 0 ? new Unsatisfiable() : new Part(size - length, length);
  }

  private static ByteRange between(long first, long last, long size) {
    if (last < first) {
      return new Whole();
    }
    return first >= size
        ? new Unsatisfiable()
        : new Part(first, Math.min(last, size - 1) - first + 1);
  }

  private static Optional<Long> number(String digits) {
    return digits.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(digits));
  }
}
