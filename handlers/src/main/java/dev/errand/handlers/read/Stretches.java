package dev.errand.handlers.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/// The text of a page in stretches, in reading order, each with its place.
final class Stretches implements NodeFilter {
  private static final int LONG = 18;
  private static final int MAX = 20_000;

  /// A stretch and the block that owns it.
  record Placed(Stretch stretch, Place place) {}

  private final Set<Element> boilerplate;
  private final Map<Place, Stretch> byOwner = new LinkedHashMap<>();
  private final Deque<Place> open = new ArrayDeque<>();
  private final Deque<Place> owners = new ArrayDeque<>();
  private final boolean withNoscript;
  private int openLinks;

  private Stretches(Set<Element> boilerplate, boolean withNoscript) {
    this.boilerplate = boilerplate;
    this.withNoscript = withNoscript;
  }

  /// @param withNoscript whether what only browsers without scripts show is read as well
  static List<Placed> of(Element root, Set<Element> boilerplate, boolean withNoscript) {
    Stretches stretches = new Stretches(boilerplate, withNoscript);
    root.filter(stretches);
    List<Placed> placed = new ArrayList<>();
    stretches.byOwner.forEach((place, stretch) -> {
      if (stretch.size() > 0 && placed.size() < MAX) {
        placed.add(new Placed(stretch, place));
      }
    });
    return placed;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      if (!text.isBlank() && !owners.isEmpty()) {
        byOwner
            .computeIfAbsent(owners.element(), place -> new Stretch(place.element()))
            .add(text, openLinks > 0);
        open.element().count(Stretch.countWords(text.getWholeText()), openLinks > 0);
      }
    } else if (node instanceof Element element) {
      HtmlRole role = HtmlRole.of(element);
      if (role == HtmlRole.UNREADABLE && !(withNoscript && element.nameIs("noscript"))) {
        return FilterResult.SKIP_ENTIRELY;
      }
      Place place = new Place(element, open.peek(), boilerplate.contains(element));
      openLinks += role == HtmlRole.LINK ? 1 : 0;
      open.push(place);
      if (role.isBlock() || owners.isEmpty()) {
        owners.push(place);
      }
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      HtmlRole role = HtmlRole.of(element);
      openLinks -= role == HtmlRole.LINK ? 1 : 0;
      Place place = open.pop();
      if (place.equals(owners.peek())) {
        owners.pop();
        close(place);
      }
      place.close(role.isBlock());
    }
    return FilterResult.CONTINUE;
  }

  private void close(Place owner) {
    Stretch stretch = byOwner.get(owner);
    if (stretch != null) {
      stretch.close();
      if (stretch.size() >= LONG) {
        owner.countLong(stretch.size());
      }
    }
  }
}
