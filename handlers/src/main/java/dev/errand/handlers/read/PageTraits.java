package dev.errand.handlers.read;

import dev.errand.handlers.read.Stretches.Placed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The features of a page as a whole: what it says of itself, and how its text is distributed.
final class PageTraits {
  private static final Set<String> ARTICLES =
      Set.of("Article", "NewsArticle", "BlogPosting", "TechArticle", "Report", "ScholarlyArticle");
  private static final Set<String> PRODUCTS =
      Set.of("Product", "ProductGroup", "Offer", "Book", "Vehicle");
  private static final Set<String> THREADS =
      Set.of("DiscussionForumPosting", "QAPage", "Question", "SocialMediaPosting");
  private static final Set<String> LISTS =
      Set.of("CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog");
  private static final Set<String> SERVICES =
      Set.of(
          "Service",
          "LocalBusiness",
          "Organization",
          "ProfessionalService",
          "Corporation",
          "SoftwareApplication",
          "WebApplication");
  private static final Set<String> RECIPES =
      Set.of("Recipe", "HowTo", "Course", "Event", "JobPosting");

  private static final Pattern FORUM_SOFTWARE =
      Pattern.compile(
          "(?i)discourse|phpbb|vbulletin|xenforo|mybb|invision|flarum|nodebb|simple machines|smf"
              + "|vanilla|punbb");
  private static final Pattern MANUAL_SOFTWARE =
      Pattern.compile(
          "(?i)sphinx|mkdocs|docusaurus|doxygen|javadoc|docbook|mdbook|rustdoc|asciidoctor|vitepress"
              + "|gitbook|antora|hugo|jekyll|mintlify|readme");
  private static final Pattern SHOP_SOFTWARE =
      Pattern.compile("(?i)shopify|woocommerce|magento|prestashop|bigcommerce");
  private static final Pattern FORUM_ADDRESS =
      Pattern.compile(
          "(?i)\\bforums?\\b|\\bboards?\\b|\\bcommunity\\b|discuss|/threads?/|/topics?/|/t/|viewtopic"
              + "|showthread|/questions/|/comments/");
  private static final Pattern MANUAL_ADDRESS =
      Pattern.compile(
          "(?i)\\bdocs?\\b|documentation|/reference|/manual|/api\\b|/guides?/|developer|/tutorial|/wiki/|/help/|support");
  private static final Pattern ARTICLE_ADDRESS =
      Pattern.compile("(?i)\\bblog|/news/|/articles?/|/20[012]\\d/|/posts?/|/story/|/stories/");
  private static final Pattern PRODUCT_ADDRESS =
      Pattern.compile("(?i)/products?/|/dp/|/p/|/item/|/itm/|/shop/|/ip/|\\bsku\\b");
  private static final Pattern LIST_ADDRESS =
      Pattern.compile(
          "(?i)/collections?/?|/categor(y|ies)|/tags?/|/topics/|/search|/browse|/c/|/all\\b|/list|/archive|[?&](q|page)=");
  private static final Pattern SERVICE_ADDRESS =
      Pattern.compile("(?i)/services?|/solutions?|/features?|/pricing|/platform|/about|/industr");

  private static final int COUNT = 65;

  private PageTraits() {}

  static float[] of(Page page, List<Placed> placed) {
    FeatureVector row = new FeatureVector(COUNT);
    said(page.metadata(), row);
    address(page.address(), row);
    spread(placed, row);
    elements(page, row);
    return row.values();
  }

  private static void said(Metadata metadata, FeatureVector row) {
    String type = metadata.openGraphType();
    row.put(metadata.isAny(ARTICLES))
        .put(metadata.isAny(PRODUCTS))
        .put(metadata.isAny(THREADS))
        .put(metadata.isAny(LISTS))
        .put(metadata.isAny(SERVICES))
        .put(metadata.isAny(RECIPES))
        .put(metadata.isAny(Set.of("FAQPage")))
        .put(type.startsWith("article"))
        .put(type.startsWith("product") || type.startsWith("og:product"))
        .put(type.startsWith("website"))
        .put(metadata.hasPublicationTime())
        .put(metadata.published().isPresent())
        .put(metadata.author().isPresent())
        .put(metadata.description().isPresent())
        .put(metadata.hasPrice())
        .put(FORUM_SOFTWARE.matcher(metadata.generator()).find())
        .put(MANUAL_SOFTWARE.matcher(metadata.generator()).find())
        .put(SHOP_SOFTWARE.matcher(metadata.generator()).find())
        .put(metadata.generator().startsWith("WordPress"));
  }

  private static void address(String address, FeatureVector row) {
    int path = address.indexOf('/', Math.min(address.length(), 9));
    String rest = path < 0 ? "" : address.substring(path);
    row.put(FORUM_ADDRESS.matcher(address).find())
        .put(MANUAL_ADDRESS.matcher(address).find())
        .put(ARTICLE_ADDRESS.matcher(address).find())
        .put(PRODUCT_ADDRESS.matcher(rest).find())
        .put(LIST_ADDRESS.matcher(rest).find())
        .put(SERVICE_ADDRESS.matcher(rest).find())
        .put(!address.isEmpty() && rest.length() <= 1)
        .put((double) rest.chars().filter(c -> c == '/').count())
        .put((double) rest.split("[?#]", 2)[0].chars().filter(c -> c == '-').count())
        .put(address.isEmpty());
  }

  private static void spread(List<Placed> placed, FeatureVector row) {
    int words = 0;
    int linked = 0;
    int prose = 0;
    int boilerplate = 0;
    int prices = 0;
    int headings = 0;
    int code = 0;
    int items = 0;
    int shorts = 0;
    int posts = 0;
    int replies = 0;
    int[] phraseCounts = new int[PhraseGroup.values().length];
    for (Placed one : placed) {
      Stretch stretch = one.stretch();
      Place place = one.place();
      words += stretch.size();
      linked += (int) (stretch.size() * stretch.linkDensity());
      prose += stretch.size() >= 18 && stretch.linkDensity() < 0.5 ? stretch.size() : 0;
      boilerplate += has(place, PlaceMark.BOILERPLATE) ? stretch.size() : 0;
      prices += hasPrice(stretch.text()) ? 1 : 0;
      headings += has(place, PlaceMark.HEADING) ? 1 : 0;
      code += has(place, PlaceMark.CODE) ? stretch.size() : 0;
      items += has(place, PlaceMark.LIST) ? stretch.size() : 0;
      shorts += stretch.size() < 4 ? 1 : 0;
      posts += (place.namesAbove() & WordGroup.POST.bit()) != 0 ? stretch.size() : 0;
      replies +=
          (place.namesAbove() & (WordGroup.COMMENT.bit() | WordGroup.REPLY.bit())) != 0
              ? stretch.size()
              : 0;
      for (int i = 0; i < phraseCounts.length; i++) {
        phraseCounts[i] += (int) (stretch.phrases() >> i & 1);
      }
    }
    double all = Math.max(words, 1);
    double count = Math.max(placed.size(), 1);
    row.put(words)
        .put(placed.size())
        .put(linked / all)
        .put(prose / all)
        .put(prose)
        .put(boilerplate / all)
        .put(prices)
        .put(prices / count)
        .put(headings)
        .put(code / all)
        .put(items / all)
        .put(shorts / count)
        .put(posts / all)
        .put(replies / all);
    for (PhraseGroup group :
        List.of(
            PhraseGroup.SHOP,
            PhraseGroup.VOTE,
            PhraseGroup.COMMENT,
            PhraseGroup.REVIEW,
            PhraseGroup.SHIPPING,
            PhraseGroup.FILTER,
            PhraseGroup.MORE,
            PhraseGroup.DATE,
            PhraseGroup.STOCK,
            PhraseGroup.BYLINE)) {
      row.put(group.of(phraseCounts) / count);
    }
    largestGroup(placed, row);
  }

  /// Cards, rows and posts: the repeated element that holds most words.
  private static void largestGroup(List<Placed> placed, FeatureVector row) {
    Set<Place> parents = new HashSet<>();
    Map<Place, int[]> groups = new HashMap<>();
    for (Placed one : placed) {
      for (Place place = one.place(); place != null && parents.add(place); place = place.parent()) {
        Place parent = place.parent();
        if (parent != null && place.alike() >= 3 && !has(place, PlaceMark.BOILERPLATE)) {
          int[] group = groups.computeIfAbsent(parent, _ -> new int[3]);
          group[0] = Math.max(group[0], place.alike());
          group[1] += place.words();
          group[2] += (int) (place.words() * place.linkDensity());
        }
      }
    }
    int most = 0;
    int size = 0;
    double links = 0;
    for (int[] group : groups.values()) {
      if (group[1] / Math.max(group[0], 1) >= 4 && group[1] > most) {
        most = group[1];
        size = group[0];
        links = (double) group[2] / group[1];
      }
    }
    int words = placed.stream().mapToInt(one -> one.stretch().size()).sum();
    row.put(size)
        .put(size == 0 ? 0 : (double) most / size)
        .put((double) most / Math.max(words, 1))
        .put(links);
  }

  private static void elements(Page page, FeatureVector row) {
    int[] counts = new int[8];
    page.body()
        .forEach(element -> {
          switch (element.normalName()) {
            case "article" -> counts[0]++;
            case "h1" -> counts[1]++;
            case "p" -> counts[2]++;
            case "form" -> counts[3]++;
            case "time" -> counts[4]++;
            case "pre" -> counts[5]++;
            case "img" -> counts[6]++;
            case "main" -> counts[7]++;
            default -> {}
          }
        });
    for (int count : counts) {
      row.put(count);
    }
  }

  static boolean has(Place place, PlaceMark mark) {
    return (place.marksAbove() & mark.bit()) != 0;
  }

  static boolean hasPrice(String text) {
    for (int i = 0; i < text.length() - 1 && i < 400; i++) {
      char c = text.charAt(i);
      if (c == '$' || c == '€' || c == '£' || c == '¥' || c == '₹') {
        return true;
      }
    }
    return false;
  }
}
