package dev.errand.handlers.read;

import dev.errand.handlers.read.Weights.Weight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/// Finds boilerplate: what stands around the text on every page of a site, such as menus, footers,
/// cookie notices and share buttons. Goes by tags, roles, and the words in class names and ids.
final class Boilerplate implements NodeFilter {
  private static final Set<String> TAGS = Set.of("nav", "footer", "dialog", "menu");

  private static final Set<String> ROLES =
      Set.of(
          "navigation",
          "banner",
          "contentinfo",
          "search",
          "dialog",
          "alertdialog",
          "menu",
          "menubar",
          "toolbar",
          "tooltip");

  /// An element with such a name is boilerplate.
  private static final Set<String> SURE =
      Set.of(
          "addthis",
          "addtoany",
          "adsbygoogle",
          "advert",
          "advertisement",
          "breadcrumb",
          "breadcrumbs",
          "consent",
          "cookie",
          "cookies",
          "copyright",
          "crumbs",
          "drawer",
          "footer",
          "gdpr",
          "headerlink",
          "login",
          "masthead",
          "modal",
          "newsletter",
          "nosearch",
          "offcanvas",
          "onetrust",
          "pager",
          "pagination",
          "paging",
          "permalink",
          "popup",
          "recommendations",
          "recommended",
          "related",
          "screenreader",
          "share",
          "sharethis",
          "sharing",
          "signup",
          "skiplink",
          "sponsored",
          "sr",
          "subscribe",
          "subscription",
          "topbar");

  /// An element with such a name is boilerplate when it is short or mostly links.
  private static final Set<String> LIKELY =
      Set.of(
          "ad",
          "ads",
          "author",
          "banner",
          "byline",
          "dropdown",
          "header",
          "megamenu",
          "menu",
          "nav",
          "navbar",
          "navigation",
          "promo",
          "sidebar",
          "sidenav",
          "skip",
          "social",
          "sponsor",
          "submenu",
          "tags",
          "toc",
          "toolbar",
          "topnav");

  private static final int SHORT = 100;
  private static final double MOSTLY_LINKS = 0.3;

  private enum Name {
    OTHER,
    LIKELY,
    SURE
  }

  private final Weights weights;
  private final int pageWords;
  private final boolean byName;
  private final Map<String, Name> names = new HashMap<>();
  private final Set<Element> found = new HashSet<>();

  private Boilerplate(Weights weights, Element body, boolean byName) {
    this.weights = weights;
    this.pageWords = weights.below(body).own();
    this.byName = byName;
  }

  /// The outermost elements that are boilerplate. When the names would take nearly the whole page,
  /// they mean something else on this site and are ignored.
  static Set<Element> of(Element body, Weights weights) {
    Boilerplate named = new Boilerplate(weights, body, true);
    body.filter(named);
    int taken = named.found.stream().mapToInt(element -> weights.below(element).own()).sum();
    if (taken <= named.pageWords * 0.8) {
      return named.found;
    }
    Boilerplate tagged = new Boilerplate(weights, body, false);
    body.filter(tagged);
    return tagged.found;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (depth > 0 && node instanceof Element element && is(element)) {
      found.add(element);
      return FilterResult.SKIP_ENTIRELY;
    }
    return FilterResult.CONTINUE;
  }

  private boolean is(Element element) {
    Weight weight = weights.below(element);
    boolean mostOfThePage = weight.own() > pageWords / 2;
    return !mostOfThePage && (isMarked(element) || (byName && isNamed(element, weight)));
  }

  private static boolean isMarked(Element element) {
    return TAGS.contains(element.normalName()) || ROLES.contains(element.attr("role"));
  }

  private boolean isNamed(Element element, Weight weight) {
    if (element.nameIs("main") || element.nameIs("article")) {
      return false;
    }
    return switch (strongest(name(element.attr("class")), name(element.attr("id")))) {
      case SURE -> true;
      case LIKELY -> weight.text() < SHORT || weight.linkDensity() > MOSTLY_LINKS;
      case OTHER -> false;
    };
  }

  private Name name(String attribute) {
    return attribute.isEmpty() ? Name.OTHER : names.computeIfAbsent(attribute, Boilerplate::read);
  }

  /// A name's words are its runs of letters: `site-footer__links` has three.
  private static Name read(String attribute) {
    Name strongest = Name.OTHER;
    int start = 0;
    for (int i = 0; i <= attribute.length(); i++) {
      if (i == attribute.length() || !Character.isLetter(attribute.charAt(i))) {
        strongest = strongest(strongest, word(attribute.substring(start, i)));
        start = i + 1;
      }
    }
    return strongest;
  }

  private static Name word(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (SURE.contains(lower)) {
      return Name.SURE;
    }
    return LIKELY.contains(lower) ? Name.LIKELY : Name.OTHER;
  }

  private static Name strongest(Name one, Name other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
