package dev.errand.handlers.read;

import dev.errand.handlers.read.Mark.Style;
import org.jsoup.nodes.Element;

/// Counts the items of one list of a page.
final class ListNumbers {
  /// Markdown takes no longer ones.
  private static final int MOST_DIGITS = 9;

  private final boolean ordered;
  private int next;

  private ListNumbers(boolean ordered, int first) {
    this.ordered = ordered;
    this.next = first;
  }

  static boolean isList(Element element) {
    return element.nameIs("ol") || element.nameIs("ul");
  }

  static ListNumbers of(Element list) {
    return new ListNumbers(list.nameIs("ol"), number(list.attr("start"), 1));
  }

  Style style() {
    return ordered ? Style.NUMBERED_ITEM : Style.ITEM;
  }

  /// The number of an item that begins, empty in a list without numbers.
  String number(Element item) {
    if (!ordered) {
      return "";
    }
    int number = number(item.attr("value"), next);
    next = number + 1;
    return String.valueOf(number);
  }

  private static int number(String said, int otherwise) {
    boolean usable =
        !said.isEmpty()
            && said.length() < MOST_DIGITS
            && said.chars().allMatch(c -> c >= '0' && c <= '9');
    return usable ? Integer.parseInt(said) : otherwise;
  }
}
