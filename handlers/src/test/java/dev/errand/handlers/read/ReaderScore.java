package dev.errand.handlers.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scores the reader on real pages whose text is known, beside a reader that takes the whole body.
///
/// A page's score is the F1 measure over the bags of its words; a set's score is the mean over its
/// pages. Times are processor time of the reading thread, in the second of two rounds.
///
/// Run it with the folder of pages: `html/NNNN.html.gz` and `truth/NNNN.json`.
public final class ReaderScore {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private final Path folder;
  private final Reader reader = new Reader();

  /// @param millis processor time
  record Score(String type, double ours, double wholeBody, double millis) {}

  private ReaderScore(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    ReaderScore score = new ReaderScore(Path.of(arguments[0]));
    score.all();
    print(score.all());
  }

  private List<Score> all() throws IOException {
    try (Stream<Path> pages = Files.list(folder.resolve("html"))) {
      return pages.sorted().map(this::score).toList();
    }
  }

  private Score score(Path page) {
    try {
      byte[] html = unzipped(page);
      JsonNode truth = truthOf(page);
      URI address = URI.create(truth.path("url").asString("").replace(' ', '+'));
      long start = threadNanos();
      Document document = reader.read(html, "text/html; charset=utf-8", address);
      double millis = (threadNanos() - start) / 1e6;
      Map<String, Integer> expected = words(truth.at("/ground_truth/main_content").asString(""));
      String everything = Jsoup.parse(new String(html, StandardCharsets.UTF_8)).body().text();
      return new Score(
          truth.at("/_internal/page_type/primary").asString(),
          f1(words(document.text()), expected),
          f1(words(everything), expected),
          millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode truthOf(Path page) throws IOException {
    String name = page.getFileName().toString().replace(".html.gz", ".json");
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("truth").resolve(name)));
  }

  private static byte[] unzipped(Path page) throws IOException {
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(page))) {
      return bytes.readAllBytes();
    }
  }

  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  static Map<String, Integer> words(String text) {
    Map<String, Integer> bag = new HashMap<>();
    WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .forEach(word -> bag.merge(word.group(), 1, Integer::sum));
    return bag;
  }

  static double f1(Map<String, Integer> found, Map<String, Integer> expected) {
    double common =
        found.entrySet().stream()
            .mapToInt(word -> Math.min(word.getValue(), expected.getOrDefault(word.getKey(), 0)))
            .sum();
    double all = size(found) + size(expected);
    return all == 0 ? 0 : 2 * common / all;
  }

  private static double size(Map<String, Integer> bag) {
    return bag.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static void print(List<Score> scores) {
    Map<String, List<Score>> byType = new TreeMap<>();
    for (Score score : scores) {
      byType.computeIfAbsent(score.type(), _ -> new ArrayList<>()).add(score);
    }
    System.out.printf(
        "%-14s %5s %6s %11s %10s %8s%n",
        "type", "pages", "F1", "whole body", "median ms", "p95 ms");
    byType.forEach(ReaderScore::print);
    print("all", scores);
  }

  private static void print(String type, List<Score> scores) {
    System.out.printf(
        "%-14s %5d %6.3f %11.3f %10.1f %8.1f%n",
        type,
        scores.size(),
        mean(scores, Score::ours),
        mean(scores, Score::wholeBody),
        quantile(scores, 50),
        quantile(scores, 95));
  }

  private static double mean(List<Score> scores, ToDoubleFunction<Score> value) {
    return scores.stream().mapToDouble(value).average().orElse(0);
  }

  private static double quantile(List<Score> scores, int percent) {
    return scores.stream()
        .mapToDouble(Score::millis)
        .sorted()
        .skip((long) scores.size() * percent / 100)
        .findFirst()
        .orElse(0);
  }
}
