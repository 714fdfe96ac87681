package dev.errand.handlers.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/// How much readable text stands below each element of a page, and how much of it in links.
final class Weights implements NodeFilter {
  private static final Weight NOTHING = new Weight();

  private final Map<Element, Weight> byElement = new HashMap<>();
  private final Deque<Weight> open = new ArrayDeque<>();
  private int openLinks;

  /// Characters, white space folded away at the edges of each text node.
  static final class Weight {
    private int text;
    private int linked;

    int text() {
      return text;
    }

    /// The share of the text that is in links, 0 to 1.
    double linkDensity() {
      return text == 0 ? 0 : (double) linked / text;
    }

    /// Characters outside links.
    int own() {
      return text - linked;
    }

    private void subtract(Weight below) {
      text -= below.text;
      linked -= below.linked;
    }

    private void add(Weight below) {
      text += below.text;
      linked += below.linked;
    }
  }

  private Weights() {}

  static Weights of(Element root) {
    Weights weights = new Weights();
    root.filter(weights);
    return weights;
  }

  Weight below(Element element) {
    return byElement.getOrDefault(element, NOTHING);
  }

  /// From now on `element` counts as empty, for itself and for everything it is in.
  void drop(Element element) {
    Weight dropped = below(element);
    byElement.remove(element);
    for (Element above = element.parent();
        above != null && byElement.containsKey(above);
        above = above.parent()) {
      below(above).subtract(dropped);
    }
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      weigh(text);
    } else if (node instanceof Element element) {
      HtmlRole role = HtmlRole.of(element);
      if (role == HtmlRole.UNREADABLE) {
        return FilterResult.SKIP_ENTIRELY;
      }
      openLinks += role == HtmlRole.LINK ? 1 : 0;
      open.push(new Weight());
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      openLinks -= HtmlRole.of(element) == HtmlRole.LINK ? 1 : 0;
      Weight weight = open.pop();
      byElement.put(element, weight);
      if (!open.isEmpty()) {
        open.element().add(weight);
      }
    }
    return FilterResult.CONTINUE;
  }

  private void weigh(TextNode text) {
    int length = text.getWholeText().strip().length();
    if (!open.isEmpty()) {
      open.element().text += length;
      open.element().linked += openLinks > 0 ? length : 0;
    }
  }
}
