package dev.errand.handlers.read;

import dev.errand.handlers.read.Stretches.Placed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// The features of every stretch of a page, for the trees: of itself, its place, its neighbours,
/// the heading above it and the page.
final class Features {
  private static final int NAME_GROUPS = WordGroup.values().length;
  private static final int PHRASE_GROUPS = PhraseGroup.values().length;
  private static final int MARKS = PlaceMark.values().length;
  private static final List<PhraseGroup> SPREAD =
      List.of(
          PhraseGroup.CONSENT,
          PhraseGroup.SHIPPING,
          PhraseGroup.REVIEW,
          PhraseGroup.SUBSCRIBE,
          PhraseGroup.SHOP,
          PhraseGroup.COPYRIGHT);
  private static final int COUNT = 549;
  private static final int WIDE = 10;
  private static final int NARROW = 4;

  private final List<Placed> placed;
  private final float[] traits;
  private final PageType.Guess guess;
  private final int n;
  private final int[] before;
  private final int[] heading;
  private final int[] topHeading;
  private final int[] sectionWords;
  private final double[] sectionLinks;
  private final Map<String, Integer> copies = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<String> title;
  private final Set<String> description;
  private final Set<String> data;
  private final Set<Element> afterword;
  private final Element core;
  private final int firstH1;
  private final int words;

  Features(Page page, List<Placed> placed, float[] traits, PageType.Guess guess) {
    this.placed = placed;
    this.traits = traits;
    this.guess = guess;
    this.n = placed.size();
    this.before = new int[n + 1];
    this.heading = new int[n];
    this.topHeading = new int[n];
    this.sectionWords = new int[n];
    this.sectionLinks = new double[n];
    this.title = new HashSet<>(Stretch.wordsOf(page.html().title()));
    this.description = new HashSet<>(Stretch.wordsOf(page.metadata().description().orElse("")));
    this.data = new HashSet<>(Stretch.wordsOf(page.metadata().dataText()));
    this.core = Core.of(page);
    this.afterword = Afterword.in(core, page.words());
    this.firstH1 = prepare();
    this.words = before[n];
  }

  private int prepare() {
    int h1 = -1;
    int last = -1;
    int top = -1;
    for (int i = 0; i < n; i++) {
      Stretch stretch = stretch(i);
      before[i + 1] = before[i] + stretch.size();
      copies.merge(stretch.key(), 1, Integer::sum);
      int level = level(i);
      if (level > 0) {
        last = i;
        top = level <= 2 ? i : top;
        h1 = h1 < 0 && level == 1 ? i : h1;
      }
      heading[i] = last;
      topHeading[i] = top;
    }
    for (int i = n - 1, words = 0, linked = 0; i >= 0; i--) {
      words += stretch(i).size();
      linked += (int) (stretch(i).size() * stretch(i).linkDensity());
      if (heading[i] == i) {
        sectionWords[i] = words;
        sectionLinks[i] = words == 0 ? 0 : (double) linked / words;
        words = 0;
        linked = 0;
      }
    }
    return h1;
  }

  /// The probability that each stretch belongs to the text, by the trees.
  double[] likely(Forest forest) {
    double[] likely = new double[n];
    for (int i = 0; i < n; i++) {
      likely[i] = forest.probability(row(i));
    }
    return likely;
  }

  /// The features of each stretch. Called once, and not after [#likely].
  List<float[]> rows() {
    return IntStream.range(0, n).mapToObj(this::row).toList();
  }

  /// Called for one stretch after the other, since it counts the equal ones before.
  private float[] row(int i) {
    FeatureVector row = new FeatureVector(COUNT);
    text(i, row);
    place(i, row);
    containers(i, row);
    neighbours(i, row);
    headings(i, row);
    row.all(traits);
    row.all(guess.shares());
    return row.values();
  }

  private void text(int i, FeatureVector row) {
    Stretch stretch = stretch(i);
    String text = stretch.text();
    int letters = 0;
    int digits = 0;
    int upper = 0;
    int commas = 0;
    int ends = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      letters += Character.isLetter(c) ? 1 : 0;
      digits += Character.isDigit(c) ? 1 : 0;
      upper += Character.isUpperCase(c) ? 1 : 0;
      commas += c == ',' ? 1 : 0;
      ends += c == '.' || c == '!' || c == '?' || c == '。' ? 1 : 0;
    }
    String stripped = text.strip();
    char last = stripped.isEmpty() ? ' ' : stripped.charAt(stripped.length() - 1);
    char first = stripped.isEmpty() ? ' ' : stripped.charAt(0);
    double size = Math.max(stretch.size(), 1);
    int same = copies.getOrDefault(stretch.key(), 1);
    int copy = seen.merge(stretch.key(), 1, Integer::sum);
    row.put(stretch.size())
        .put(stretch.linkDensity())
        .put((letters + digits) / size)
        .put(digits / Math.max(1.0, letters + digits))
        .put(upper / Math.max(1.0, letters))
        .put(commas / size)
        .put(ends / size)
        .put(last == '.' || last == '!' || last == '?' || last == '。')
        .put(last == ':')
        .put(Character.isUpperCase(first))
        .put(Character.isDigit(first))
        .put(PageTraits.hasPrice(text))
        .put(text.indexOf('|') >= 0 || text.indexOf('•') >= 0 || text.indexOf('·') >= 0)
        .put(text.indexOf('@') >= 0)
        .put(same)
        .put(copy)
        .put(share(stretch.words(), title))
        .put(covered(title, stretch.words()))
        .put(share(stretch.words(), description))
        .put(covered(description, stretch.words()))
        .put(share(stretch.words(), data))
        .put(data.size())
        .bits(stretch.phrases(), PHRASE_GROUPS);
    for (PhraseGroup group : SPREAD) {
      row.put(stretch.count(group) / size);
    }
  }

  private static double share(List<String> words, Set<String> of) {
    if (words.isEmpty() || of.isEmpty()) {
      return 0;
    }
    int in = 0;
    for (String word : words) {
      in += of.contains(word) ? 1 : 0;
    }
    return (double) in / words.size();
  }

  private static double covered(Set<String> text, List<String> by) {
    if (text.isEmpty() || by.isEmpty()) {
      return 0;
    }
    Set<String> common = new HashSet<>();
    for (String word : by) {
      if (text.contains(word)) {
        common.add(word);
      }
    }
    return (double) common.size() / text.size();
  }

  private void place(int i, FeatureVector row) {
    Place place = placed.get(i).place();
    Place parent = place.parent();
    Place grand = parent == null ? null : parent.parent();
    long near = place.names() | (parent == null ? 0 : parent.names());
    long middle =
        grand == null ? 0 : grand.names() | (grand.parent() == null ? 0 : grand.parent().names());
    row.put(place.depth())
        .put(tag(place.element()))
        .put(parent == null ? -1 : tag(parent.element()))
        .put(grand == null ? -1 : tag(grand.element()))
        .bits(place.marksAbove(), MARKS)
        .bits(near, NAME_GROUPS)
        .bits(near | middle, NAME_GROUPS)
        .bits(place.namesAbove(), NAME_GROUPS);
    int articles = 0;
    int distance = -1;
    boolean cut = false;
    for (Place above = place; above != null; above = above.parent()) {
      articles += above.element().nameIs("article") ? 1 : 0;
      if (above.element().equals(core)) {
        distance = place.depth() - above.depth();
      }
      cut |= afterword.contains(above.element());
    }
    row.put(articles).put(distance).put(cut);
  }

  private static int tag(Element element) {
    return switch (element.normalName()) {
      case "p" -> 10;
      case "h1" -> 9;
      case "h2" -> 8;
      case "h3" -> 7;
      case "h4", "h5", "h6" -> 6;
      case "blockquote" -> 5;
      case "pre" -> 4;
      case "dd", "dt" -> 3;
      case "td", "th", "tr" -> 2;
      case "li", "ul", "ol" -> 1;
      case "article", "section", "main" -> -1;
      case "figcaption", "figure" -> -2;
      case "header" -> -3;
      case "form", "label", "fieldset", "legend" -> -4;
      default -> 0;
    };
  }

  private void containers(int i, FeatureVector row) {
    Place place = placed.get(i).place();
    Place repeated = null;
    Place part = place;
    Place quarter = place;
    for (Place above = place; above != null; above = above.parent()) {
      if (repeated == null && above.alike() >= 3 && above.words() >= 4) {
        repeated = above;
      }
      part = above.words() <= words / 2 ? above : part;
      quarter = above.words() <= words / 8 ? above : quarter;
    }
    container(place, row);
    container(place.parent(), row);
    container(place.parent() == null ? null : place.parent().parent(), row);
    container(part, row);
    container(quarter, row);
    container(repeated, row);
    row.put(place.alike()).put(place.rank());
    row.put(part.parent() == null ? 0 : part.parent().alike());
    if (repeated == null || repeated.parent() == null) {
      row.put(0).put(0).put(0).put(0);
    } else {
      row.put(repeated.alike())
          .put((double) repeated.rank() / repeated.alike())
          .put((double) repeated.parent().words() / Math.max(words, 1))
          .put(repeated.parent().prose());
    }
    row.bits(part.names(), NAME_GROUPS);
    row.bits(repeated == null ? 0 : repeated.names(), NAME_GROUPS);
  }

  private void container(@Nullable Place place, FeatureVector row) {
    if (place == null) {
      row.put(0).put(0).put(0).put(0);
      return;
    }
    row.put(place.words())
        .put((double) place.words() / Math.max(words, 1))
        .put(place.linkDensity())
        .put(place.prose());
  }

  private void neighbours(int i, FeatureVector row) {
    for (int step : new int[] {-3, -2, -1, 1, 2, 3}) {
      int at = i + step;
      boolean there = at >= 0 && at < n;
      row.put(there ? stretch(at).size() : -1)
          .put(there ? stretch(at).linkDensity() : -1)
          .put(there ? level(at) : -1);
      if (Math.abs(step) == 1) {
        row.put(there && placed.get(at).place().parent() == placed.get(i).place().parent());
        row.bits(there ? stretch(at).phrases() : 0, PHRASE_GROUPS);
      }
    }
    row.put(around(i, NARROW)).put(around(i, WIDE));
    row.put(linksAround(i, NARROW)).put(linksAround(i, WIDE));
    row.put((double) i / n)
        .put(i)
        .put(n - i)
        .put((double) before[i] / Math.max(words, 1))
        .put(before[i])
        .put(words - before[i]);
  }

  private double around(int i, int width) {
    int from = Math.max(0, i - width);
    int to = Math.min(n, i + width + 1);
    return (double) (before[to] - before[from]) / (to - from);
  }

  private double linksAround(int i, int width) {
    int from = Math.max(0, i - width);
    int to = Math.min(n, i + width + 1);
    double linked = 0;
    for (int at = from; at < to; at++) {
      linked += stretch(at).linkDensity() * stretch(at).size();
    }
    return linked / Math.max(1, before[to] - before[from]);
  }

  private void headings(int i, FeatureVector row) {
    row.put(level(i))
        .put(firstH1 < 0 ? -1 : firstH1)
        .put(firstH1 < 0 ? 0 : i - firstH1)
        .put(firstH1 < 0 ? 0 : (double) (before[i] - before[firstH1]) / Math.max(words, 1));
    int last = heading[i];
    row.put(last < 0 ? -1 : i - last)
        .put(last < 0 ? -1 : level(last))
        .put(last < 0 ? -1 : sectionWords[last])
        .put(last < 0 ? -1 : sectionLinks[last])
        .put(last < 0 ? -1 : before[i] - before[last])
        .bits(last < 0 ? 0 : stretch(last).phrases(), PHRASE_GROUPS);
    int top = topHeading[i];
    row.put(top < 0 ? -1 : i - top).bits(top < 0 ? 0 : stretch(top).phrases(), PHRASE_GROUPS);
  }

  private int level(int i) {
    String tag = stretch(i).owner().normalName();
    return tag.length() == 2 && tag.charAt(0) == 'h' && Character.isDigit(tag.charAt(1))
        ? tag.charAt(1) - '0'
        : 0;
  }

  private Stretch stretch(int i) {
    return placed.get(i).stretch();
  }
}
