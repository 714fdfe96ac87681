package dev.errand.handlers.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/// The posts of a thread, without the names, counters and signatures around them.
///
/// Posts are elements of one class, named like a post, that together hold most of the page's words.
/// Of several such classes, one inside the other, the innermost has the least around it.
final class ForumText implements MainText {
  private static final Pattern LIKE_A_POST =
      Pattern.compile(
          "(?i).*(post|message|comment|reply|answer|content|body|text|entry|prose|cooked|bbwrapper|^md$).*");

  private static final double MOST = 0.7;

  private record Posts(List<Element> elements, int own, int text) {}

  @Override
  public String name() {
    return "forum";
  }

  @Override
  public Optional<Selection> select(Page page) {
    List<Posts> candidates = candidates(page);
    int most = candidates.stream().mapToInt(Posts::own).max().orElse(0);
    return candidates.stream()
        .filter(posts -> posts.own() >= most * MOST)
        .min(Comparator.comparingInt(Posts::text))
        .map(posts -> new Selection(posts.elements(), page.furniture()::contains, 0.8));
  }

  private static List<Posts> candidates(Page page) {
    return byClassName(page).values().stream()
        .filter(elements -> elements.size() >= 2)
        .map(elements -> weighed(elements, page.words()))
        .filter(posts -> posts.own() > 0)
        .toList();
  }

  private static Posts weighed(List<Element> elements, Weights words) {
    return new Posts(
        elements,
        elements.stream().mapToInt(element -> words.below(element).own()).sum(),
        elements.stream().mapToInt(element -> words.below(element).text()).sum());
  }

  private static Map<String, List<Element>> byClassName(Page page) {
    Map<String, List<Element>> groups = new LinkedHashMap<>();
    page.body()
        .filter((Node node, int depth) -> {
          if (node instanceof Element element) {
            if (page.furniture().contains(element)) {
              return NodeFilter.FilterResult.SKIP_ENTIRELY;
            }
            for (String name : element.classNames()) {
              if (LIKE_A_POST.matcher(name).matches()) {
                addOutermost(groups.computeIfAbsent(name, _ -> new ArrayList<>()), element);
              }
            }
          }
          return NodeFilter.FilterResult.CONTINUE;
        });
    return groups;
  }

  private static void addOutermost(List<Element> group, Element element) {
    if (group.isEmpty() || !isInside(element, group.getLast())) {
      group.add(element);
    }
  }

  private static boolean isInside(Element element, Element outer) {
    for (Element parent = element.parent(); parent != null; parent = parent.parent()) {
      if (parent.equals(outer)) {
        return true;
      }
    }
    return false;
  }
}
