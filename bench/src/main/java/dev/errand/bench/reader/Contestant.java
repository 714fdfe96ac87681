package dev.errand.bench.reader;

import dev.errand.handlers.read.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import net.dankito.readability4j.Readability4J;
import org.jspecify.annotations.Nullable;

/// A reader that is measured: the text that it finds on a page. It is not told where the page is
/// from.
///
/// @param read from the bytes of a page, which are in UTF-8
record Contestant(String name, Function<byte[], String> read) {
  private static final String NO_ADDRESS = "https://page.invalid/";

  static Contestant errand() {
    return errand(new Reader());
  }

  static Contestant errand(Reader reader) {
    return new Contestant(
        "errand", html -> reader.read(html, "text/html; charset=utf-8", null).text());
  }

  static Contestant readability() {
    return new Contestant("readability4j", Contestant::readability);
  }

  private static String readability(byte[] html) {
    @Nullable String text =
        new Readability4J(NO_ADDRESS, new String(html, StandardCharsets.UTF_8))
            .parse()
            .getTextContent();
    return text == null ? "" : text;
  }

  /// Reads every page twice, since the first time warms up; the second counts.
  List<Score> scores(List<KnownPage> pages) {
    pages.forEach(this::score);
    return pages.stream().map(this::score).toList();
  }

  Score score(KnownPage page) {
    long start = threadNanos();
    String text = read.apply(page.html().bytes());
    double millis = (threadNanos() - start) / 1e6;
    return new Score(WordBag.of(text).f1(WordBag.of(page.text())), millis);
  }

  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
