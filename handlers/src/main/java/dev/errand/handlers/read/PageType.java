package dev.errand.handlers.read;

import java.util.Set;
import java.util.regex.Pattern;

/// What kind of page it is, which decides how its text is looked for.
enum PageType {
  ARTICLE,
  DOCUMENTATION,
  FORUM,
  CARDS;

  private static final Set<String> THREADS = Set.of("DiscussionForumPosting", "QAPage");
  private static final Set<String> ARTICLES = Set.of("Article", "NewsArticle", "BlogPosting");
  private static final Set<String> LISTS =
      Set.of("CollectionPage", "ItemList", "SearchResultsPage");
  private static final Pattern FORUM_SOFTWARE =
      Pattern.compile("(?i).*(discourse|phpbb|vbulletin|xenforo|mybb|invision|flarum|nodebb).*");
  private static final Pattern FORUM_ADDRESS =
      Pattern.compile(
          "(?i).*(\\bforums?\\b|\\bboards?\\b|/threads?/|/topic/|viewtopic|showthread|/questions/\\d).*");
  private static final Pattern MANUAL_SOFTWARE =
      Pattern.compile(
          "(?i).*(sphinx|mkdocs|docusaurus|doxygen|javadoc|docbook|mdbook|rustdoc|asciidoctor|vitepress).*");
  private static final Pattern MANUAL_ADDRESS =
      Pattern.compile(
          "(?i).*(\\bdocs?\\b|documentation|/reference/|/manual/|/api/|readthedocs|file:).*");

  static PageType of(Page page) {
    Metadata metadata = page.metadata();
    String address = page.html().baseUri();
    if (metadata.isAny(THREADS)
        || FORUM_SOFTWARE.matcher(metadata.generator()).matches()
        || FORUM_ADDRESS.matcher(address).matches()) {
      return FORUM;
    }
    if (address.isEmpty()
        || MANUAL_SOFTWARE.matcher(metadata.generator()).matches()
        || MANUAL_ADDRESS.matcher(address).matches()) {
      return DOCUMENTATION;
    }
    if (!metadata.isAny(ARTICLES)
        && !metadata.hasPublicationTime()
        && (metadata.isAny(LISTS) || looksLikeCards(page))) {
      return CARDS;
    }
    return ARTICLE;
  }

  private static boolean looksLikeCards(Page page) {
    Weights.Weight words = page.words().below(page.body());
    return words.linkDensity() > 0.2 || words.prose() < words.own() * 0.55;
  }
}
