package dev.errand.handlers.read;

import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Element;

/// The role of an element in the layout of its text.
enum HtmlRole {
  INLINE,
  LINK,
  BREAK,
  BLOCK,
  HEADING,
  ITEM,
  QUOTE,
  CODE,
  TABLE,
  ROW,
  CELL,
  /// Holds no text for people, or only the words on controls.
  UNREADABLE;

  private static final Map<String, HtmlRole> BY_TAG = new HashMap<>();

  static {
    put(LINK, "a");
    put(BREAK, "br");
    put(HEADING, "h1 h2 h3 h4 h5 h6");
    put(ITEM, "li dd dt");
    put(QUOTE, "blockquote");
    put(CODE, "pre listing xmp");
    put(TABLE, "table");
    put(ROW, "tr");
    put(CELL, "td th");
    put(
        BLOCK,
        "address article aside body caption center details dialog dir div dl fieldset figcaption"
            + " figure footer form header hgroup hr legend main menu nav ol optgroup p search"
            + " section summary tbody tfoot thead title ul");
    put(
        UNREADABLE,
        "applet area audio button canvas col colgroup datalist embed frame frameset head iframe img"
            + " input link map math-annotation meta meter noembed noframes noscript object option"
            + " param progress script select source style svg template textarea track video");
  }

  private static void put(HtmlRole role, String tags) {
    for (String tag : tags.split(" ", -1)) {
      BY_TAG.put(tag, role);
    }
  }

  /// Whether it stands on lines of its own.
  boolean isBlock() {
    return switch (this) {
      case INLINE, LINK, BREAK, UNREADABLE -> false;
      case BLOCK, HEADING, ITEM, QUOTE, CODE, TABLE, ROW, CELL -> true;
    };
  }

  static HtmlRole of(Element element) {
    return BY_TAG.getOrDefault(element.normalName(), INLINE);
  }
}
