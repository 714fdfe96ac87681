package dev.errand.handlers.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// An element of a page with what the features need of it: the names and marks of itself and its
/// ancestors, and how much text it holds.
final class Place {
  private static final int FEW = 3;

  private final Element element;
  private final @Nullable Place parent;
  private final int depth;
  private final long names;
  private final long namesAbove;
  private final int marks;
  private final int marksAbove;
  private final List<Place> children = new ArrayList<>();
  private int words;
  private int linkedWords;
  private int longWords;
  private int alike = 1;
  private int rank;

  Place(Element element, @Nullable Place parent, boolean isBoilerplate) {
    this.element = element;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
    boolean isBody = element.nameIs("body") || element.nameIs("html");
    this.names = isBody ? 0 : ownNames(element);
    this.namesAbove = names | (parent == null ? 0 : parent.namesAbove);
    this.marks = PlaceMark.of(element) | (isBoilerplate ? PlaceMark.BOILERPLATE.bit() : 0);
    this.marksAbove = marks | (parent == null ? 0 : parent.marksAbove);
  }

  private static long ownNames(Element element) {
    String classes = element.attr("class");
    String id = element.id();
    return (classes.isEmpty() ? 0 : WordGroup.ofName(classes))
        | (id.isEmpty() ? 0 : WordGroup.ofName(id));
  }

  /// Called when everything below was added.
  void close(boolean isBlock) {
    if (parent != null && words > 0) {
      parent.words += words;
      parent.linkedWords += linkedWords;
      parent.longWords += longWords;
      if (isBlock || (marks & PlaceMark.LINK.bit()) != 0) {
        parent.children.add(this);
      }
    }
    if (children.size() >= FEW) {
      markAlike();
    }
  }

  void count(int more, boolean isLinked) {
    words += more;
    linkedWords += isLinked ? more : 0;
  }

  void countLong(int more) {
    longWords += more;
  }

  /// Children of one tag and class are cards, rows, posts or paragraphs: they are alike.
  private void markAlike() {
    Map<String, List<Place>> groups = new HashMap<>();
    for (Place child : children) {
      groups.computeIfAbsent(child.signature(), _ -> new ArrayList<>()).add(child);
    }
    for (List<Place> group : groups.values()) {
      int rank = 0;
      for (Place child : group) {
        child.alike = group.size();
        child.rank = rank++;
      }
    }
  }

  /// Its tag and first class: what is alike has the same.
  String signature() {
    String classes = element.attr("class");
    int end = classes.indexOf(' ');
    return element.normalName() + '.' + (end < 0 ? classes : classes.substring(0, end));
  }

  Element element() {
    return element;
  }

  @Nullable Place parent() {
    return parent;
  }

  boolean isIn(Element outer) {
    for (Place place = this; place != null; place = place.parent) {
      if (place.element.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  int depth() {
    return depth;
  }

  /// [WordGroup] bits of its own class and id.
  long names() {
    return names;
  }

  /// [WordGroup] bits of everything it is in, and its own.
  long namesAbove() {
    return namesAbove;
  }

  /// [PlaceMark] bits of its own.
  int marks() {
    return marks;
  }

  /// [PlaceMark] bits of everything it is in, and its own.
  int marksAbove() {
    return marksAbove;
  }

  int words() {
    return words;
  }

  double linkDensity() {
    return words == 0 ? 0 : (double) linkedWords / words;
  }

  /// The share of its words that are in long stretches.
  double prose() {
    return words == 0 ? 0 : (double) longWords / words;
  }

  /// How many siblings with text are alike, itself included.
  int alike() {
    return alike;
  }

  /// Among those alike, from 0.
  int rank() {
    return rank;
  }
}
