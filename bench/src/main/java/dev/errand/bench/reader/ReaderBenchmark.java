package dev.errand.bench.reader;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The reader beside readability4j on a folder of pages, by type of page and in all.
public final class ReaderBenchmark {
  private static final double TARGET_F1 = 0.87;
  private static final double TARGET_ARTICLE_F1 = 0.95;
  private static final double TARGET_MILLIS = 10;
  private static final String ARTICLE = "article";
  private static final String PAGES = "--pages";
  private static final String HALF = "--half";
  private static final String LEARN = "--learn";
  private static final String FOLDS = "--folds";
  private static final Set<String> OPTIONS = Set.of(PAGES, HALF, LEARN, FOLDS);

  private final PrintStream out;
  private final List<KnownPage> pages;
  private final List<Score> ours;
  private final List<Score> theirs;

  private ReaderBenchmark(PrintStream out, List<KnownPage> pages) {
    this.out = out;
    this.pages = pages;
    this.ours = Contestant.errand().scores(pages);
    this.theirs = Contestant.readability().scores(pages);
  }

  /// @param words `--pages FOLDER`, which the variable `ERRAND_READER_PAGES` can name as well, and
  ///   `--half 1|2` for every other page of each type only. `--learn FOLDER` learns the trees anew
  ///   and writes them there; `--folds COUNT` scores trees on pages that they were not learned from
  /// @return whether every target was reached
  /// @throws IllegalArgumentException saying what was not understood
  public static boolean run(List<String> words, String machine) throws IOException {
    Map<String, String> options = options(words);
    String pagesFrom = System.getenv().getOrDefault("ERRAND_READER_PAGES", "");
    List<KnownPage> pages =
        chosen(
            KnownPage.in(folder(options.getOrDefault(PAGES, pagesFrom))),
            options.getOrDefault(HALF, ""));
    System.out.println(machine);
    String resources = options.get(LEARN);
    if (resources != null) {
      new ReaderLearning(System.out, pages).learn(existing(resources));
      return true;
    }
    String folds = options.get(FOLDS);
    if (folds != null) {
      new ReaderLearning(System.out, pages).crossValidate(count(folds));
      return true;
    }
    return new ReaderBenchmark(System.out, pages).print();
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (!OPTIONS.contains(word) || !rest.hasNext()) {
        throw new IllegalArgumentException(word);
      }
      options.put(word, rest.next());
    }
    return options;
  }

  private static Path folder(String typed) {
    Path folder = Path.of(typed);
    if (typed.isEmpty() || !Files.isDirectory(folder.resolve("html"))) {
      throw new IllegalArgumentException(
          "--pages has to name a folder with html/NAME.html.gz and truth/NAME.json");
    }
    return folder;
  }

  private static Path existing(String typed) {
    if (!Files.isDirectory(Path.of(typed))) {
      throw new IllegalArgumentException("--learn has to name a folder to write the trees to");
    }
    return Path.of(typed);
  }

  private static int count(String typed) {
    if (!typed.matches("[2-9]|[1-9]\\d")) {
      throw new IllegalArgumentException("--folds has to be a number from 2 to 99");
    }
    return Integer.parseInt(typed);
  }

  private static List<KnownPage> chosen(List<KnownPage> pages, String half) {
    return switch (half) {
      case "" -> pages;
      case "1", "2" -> KnownPage.half(pages, half.charAt(0) - '1');
      default -> throw new IllegalArgumentException("--half " + half);
    };
  }

  private boolean print() {
    out.printf(
        "%-14s %5s | %6s %6s %6s | %8s %8s %6s | %7s %7s%n",
        "type", "pages", "F1", "peer", "ratio", "median", "peer", "ratio", "p95", "peer");
    for (String type : new TreeSet<>(pages.stream().map(KnownPage::type).toList())) {
      print(type, page -> page.type().equals(type));
    }
    print("all", _ -> true);
    out.println(
        "F1: mean over pages, bags of words. Times: ms of processor time a page. Peer:"
            + " readability4j.");
    return reached();
  }

  private void print(String name, Predicate<KnownPage> which) {
    List<Score> mine = of(ours, which);
    List<Score> peers = of(theirs, which);
    double f1 = Score.mean(mine, Score::f1);
    double peersF1 = Score.mean(peers, Score::f1);
    double median = Score.millis(mine, 50);
    double peersMedian = Score.millis(peers, 50);
    out.printf(
        Locale.ROOT,
        "%-14s %5d | %6.3f %6.3f %6.2f | %8.1f %8.1f %6.2f | %7.1f %7.1f%n",
        name,
        mine.size(),
        f1,
        peersF1,
        f1 / peersF1,
        median,
        peersMedian,
        median / peersMedian,
        Score.millis(mine, 95),
        Score.millis(peers, 95));
  }

  private List<Score> of(List<Score> scores, Predicate<KnownPage> which) {
    return IntStream.range(0, pages.size())
        .filter(i -> which.test(pages.get(i)))
        .mapToObj(scores::get)
        .toList();
  }

  private boolean reached() {
    double all = Score.mean(ours, Score::f1);
    List<Score> articles = of(ours, page -> page.type().equals(ARTICLE));
    double median = Score.millis(ours, 50);
    out.printf(
        Locale.ROOT,
        "Targets: F1 %.2f %s, articles %.2f %s, median %.0f ms %s%n",
        TARGET_F1,
        word(all >= TARGET_F1),
        TARGET_ARTICLE_F1,
        word(articles.isEmpty() || Score.mean(articles, Score::f1) >= TARGET_ARTICLE_F1),
        TARGET_MILLIS,
        word(median < TARGET_MILLIS));
    return all >= TARGET_F1
        && (articles.isEmpty() || Score.mean(articles, Score::f1) >= TARGET_ARTICLE_F1)
        && median < TARGET_MILLIS;
  }

  private static String word(boolean reached) {
    return reached ? "reached" : "missed";
  }
}
