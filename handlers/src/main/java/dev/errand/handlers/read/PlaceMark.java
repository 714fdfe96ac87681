package dev.errand.handlers.read;

import java.util.Locale;
import org.jsoup.nodes.Element;

/// What an element's tag and attributes say about the text in it. Sets of marks are bit sets by
/// ordinal.
@SuppressWarnings("EnumOrdinal") // the trees that were learned count by this order
enum PlaceMark {
  BOILERPLATE,
  NAV,
  FOOTER,
  HEADER,
  ASIDE,
  MAIN,
  ARTICLE,
  FORM,
  SECTION,
  TABLE,
  LIST,
  FIGURE,
  DETAILS,
  DIALOG,
  LINK,
  HEADING,
  QUOTE,
  CODE,
  HIDDEN,
  NOSCRIPT,
  TEXT_PROPERTY,
  OFFER_PROPERTY,
  REVIEW_PROPERTY,
  PERSON_PROPERTY,
  EMPHASIS,
  TIME;

  int bit() {
    return 1 << ordinal();
  }

  static int of(Element element) {
    int marks = byTag(element.normalName());
    if (element.attributesSize() > 0) {
      marks |= byRole(element.attr("role"));
      marks |= byProperty(element.attr("itemprop").toLowerCase(Locale.ROOT));
      marks |= isHidden(element) ? HIDDEN.bit() : 0;
    }
    return marks;
  }

  private static int byTag(String tag) {
    return switch (tag) {
      case "nav", "menu" -> NAV.bit();
      case "footer" -> FOOTER.bit();
      case "header" -> HEADER.bit();
      case "aside" -> ASIDE.bit();
      case "main" -> MAIN.bit();
      case "article" -> ARTICLE.bit();
      case "form", "fieldset", "label" -> FORM.bit();
      case "section" -> SECTION.bit();
      case "table" -> TABLE.bit();
      case "ul", "ol", "dl" -> LIST.bit();
      case "figure", "figcaption" -> FIGURE.bit();
      case "details", "summary" -> DETAILS.bit();
      case "dialog" -> DIALOG.bit();
      case "a" -> LINK.bit();
      case "h1", "h2", "h3", "h4", "h5", "h6" -> HEADING.bit();
      case "blockquote" -> QUOTE.bit();
      case "pre", "code" -> CODE.bit();
      case "noscript" -> NOSCRIPT.bit();
      case "strong", "b", "em", "i" -> EMPHASIS.bit();
      case "time" -> TIME.bit();
      default -> 0;
    };
  }

  private static int byRole(String role) {
    return switch (role) {
      case "" -> 0;
      case "navigation", "menu", "menubar", "toolbar" -> NAV.bit();
      case "contentinfo" -> FOOTER.bit();
      case "banner" -> HEADER.bit();
      case "complementary" -> ASIDE.bit();
      case "main" -> MAIN.bit();
      case "article" -> ARTICLE.bit();
      case "search", "form" -> FORM.bit();
      case "dialog", "alertdialog", "tooltip" -> DIALOG.bit();
      case "heading" -> HEADING.bit();
      default -> 0;
    };
  }

  private static int byProperty(String property) {
    return switch (property) {
      case "" -> 0;
      case "articlebody", "text", "description", "mainentityofpage", "reviewbody" ->
          TEXT_PROPERTY.bit();
      case "offers", "price", "sku", "brand" -> OFFER_PROPERTY.bit();
      case "review", "comment", "aggregaterating", "reviewrating", "answer" ->
          REVIEW_PROPERTY.bit();
      case "author", "datepublished", "publisher" -> PERSON_PROPERTY.bit();
      default -> 0;
    };
  }

  private static boolean isHidden(Element element) {
    String style = element.attr("style");
    return element.hasAttr("hidden")
        || element.attr("aria-hidden").equals("true")
        || (!style.isEmpty()
            && style.replace(" ", "").toLowerCase(Locale.ROOT).contains("display:none"));
  }
}
