package dev.errand.handlers.read;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Words that mean alike where sites use them: in the names of classes and ids, or in the short
/// texts on a page. Sets of groups are bit sets by ordinal.
@SuppressWarnings("EnumOrdinal") // the trees that were learned count by this order
enum WordGroup {
  NAVIGATION(
      "nav navbar navigation menu megamenu submenu topnav sidenav navlist breadcrumb breadcrumbs crumbs"
          + " crumb pager pagination paging skip skiplink toc jump"),
  HEADER("header masthead topbar banner announcement top"),
  HERO("hero jumbotron intro lead lede dek standfirst"),
  FOOTER("footer bottom copyright colophon foot"),
  SIDEBAR("sidebar aside rail widget secondary complementary column col side"),
  COMMENT("comment comments disqus respond commentlist"),
  REPLY("reply replies answer answers response"),
  POST("post posts message thread topic question forum cooked bbwrapper discussion"),
  CONTENT("content contents body entry main story copy prose rte markdown wysiwyg page"),
  TEXT("text richtext paragraph paragraphs p editor"),
  ARTICLE("article blog news single"),
  BYLINE("meta byline author date time posted published info datetime timestamp"),
  PERSON("avatar user username profile bio member team"),
  RELATED(
      "related recommended recommendations recommendation recommend similar upsell crosssell cross"
          + " suggested also like"),
  MORE("more trending popular recent recently latest next previous prev featured viewed"),
  SHARE("share sharing social addthis addtoany sharethis follow facebook twitter socials sharer"),
  ADVERT(
      "ad ads advert advertisement adsbygoogle sponsor sponsored promo promotion promotional dfp"),
  CALL("cta newsletter subscribe subscription signup button btn buttons join"),
  POPUP(
      "modal popup dialog drawer offcanvas overlay lightbox tooltip flyout toast popover dropdown"
          + " collapse"),
  CONSENT("cookie cookies consent gdpr onetrust privacy"),
  ACCOUNT("login cart basket minicart checkout wishlist account bag register"),
  SEARCH("search form input field fields control controls"),
  FILTER("filter filters facet facets refine refinement sort sorting toolbar"),
  VARIANT("option options swatch swatches variant variants selector quantity size color select"),
  PRICE("price prices money sale discount amount pricing"),
  PRODUCT("product products pdp sku item items woocommerce shopify"),
  CARD("card cards tile tiles grid teaser result results collection collections list listing row"),
  REVIEW("review reviews rating ratings stars testimonial testimonials star score"),
  TITLE("title heading headline name subtitle h1"),
  DETAIL(
      "description desc details detail summary excerpt features feature overview about information"),
  SPECIFICATION("spec specs specification specifications attributes attribute table params"),
  FOLD("accordion tab tabs faq faqs toggle panel collapsible expandable"),
  TAG("tag tags category categories topics label labels badge badges chip pill"),
  MEDIA(
      "caption gallery slider slide slides swiper carousel slick image images video thumb thumbnail"
          + " media figure picture"),
  HIDDEN("hidden hide sr visually visuallyhidden screenreader noprint invisible assistive only"),
  SIGNATURE("signature sig stats controls actions action tools reactions votes vote likes"),
  DOCUMENTATION("highlight code docs doc sphinx admonition docblock reference api method params"),
  LEGAL("disclaimer legal terms policy footnote footnotes references notes note disclosure"),
  QUOTE("quote blockquote bbcode quoted"),
  SECTION("section block module wrapper container inner component"),
  LOCATION("store stores location locations address map contact phone");

  private static final Map<String, Long> BY_WORD = new HashMap<>();

  static {
    for (WordGroup group : values()) {
      for (String word : group.words.split(" ", -1)) {
        BY_WORD.merge(word, group.bit(), (one, other) -> one | other);
      }
    }
  }

  private final String words;

  WordGroup(String words) {
    this.words = words;
  }

  long bit() {
    return 1L << ordinal();
  }

  /// The groups of the words in a name: its runs of letters, parted where the case changes as well.
  static long ofName(String name) {
    long groups = 0;
    int start = 0;
    for (int i = 1; i <= name.length(); i++) {
      if (i == name.length() || endsWord(name, i)) {
        groups |= ofWord(name, start, i);
        start = Character.isLetter(name.charAt(Math.min(i, name.length() - 1))) ? i : i + 1;
      }
    }
    return groups;
  }

  private static boolean endsWord(String name, int at) {
    char c = name.charAt(at);
    return !Character.isLetter(c)
        || (Character.isUpperCase(c) && Character.isLowerCase(name.charAt(at - 1)));
  }

  private static long ofWord(String name, int start, int end) {
    return end - start < 1
        ? 0
        : BY_WORD.getOrDefault(name.substring(start, end).toLowerCase(Locale.ROOT), 0L);
  }
}
