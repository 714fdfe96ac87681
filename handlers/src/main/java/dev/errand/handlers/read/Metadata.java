package dev.errand.handlers.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// What a page says about itself in its head, its linked data and its microdata.
final class Metadata {
  private static final int MAX_LENGTH = 500;
  private static final List<String> PUBLICATION_METAS =
      List.of(
          "article:published_time",
          "datepublished",
          "date",
          "dc.date",
          "dcterms.date",
          "parsely-pub-date");
  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?!\\d)");
  private static final int ISO_DATE_LENGTH = 10;
  private static final Pattern SITE_SUFFIX = Pattern.compile("\\s+[|–—·»-]\\s+[^|–—·»]{1,60}$");

  private final Document html;
  private final Map<String, String> metas = new HashMap<>();
  private final LinkedData data = new LinkedData();

  private Optional<String> author = Optional.empty();
  private Optional<String> published = Optional.empty();

  private Metadata(Document html) {
    this.html = html;
  }

  static Metadata of(Document html) {
    Metadata metadata = new Metadata(html);
    html.forEach(metadata::collect);
    metadata.author = metadata.findAuthor();
    metadata.published = metadata.findPublished();
    return metadata;
  }

  private void collect(Element element) {
    if (element.nameIs("meta")) {
      Stream.of("name", "property", "itemprop", "http-equiv")
          .map(key -> element.attr(key).toLowerCase(Locale.ROOT))
          .filter(Predicate.not(String::isEmpty))
          .forEach(key -> metas.putIfAbsent(key, element.attr("content")));
    } else if (element.nameIs("script") && element.attr("type").equals("application/ld+json")) {
      data.read(element.data());
    }
  }

  boolean isAny(Set<String> types) {
    return data.types().stream().anyMatch(types::contains);
  }

  String generator() {
    return metas.getOrDefault("generator", "");
  }

  boolean hasPublicationTime() {
    return metas.containsKey("article:published_time");
  }

  /// Such as `article`; empty when the page does not say.
  String openGraphType() {
    return metas.getOrDefault("og:type", "").toLowerCase(Locale.ROOT);
  }

  boolean hasPrice() {
    return metas.containsKey("product:price:amount")
        || metas.containsKey("og:price:amount")
        || metas.containsKey("price");
  }

  /// The address that the page gives itself.
  Optional<String> address() {
    return attribute("link[rel=canonical]", "href")
        .or(() -> meta("og:url"))
        .filter(said -> said.startsWith("http"));
  }

  /// The texts in its linked data; empty when there are none.
  String dataText() {
    return data.text();
  }

  Optional<String> description() {
    return meta("description").or(() -> meta("og:description"));
  }

  /// The heading where the title repeats it, else the title without the name of the site.
  Optional<String> title() {
    String title = html.title();
    return text("h1")
        .filter(heading -> repeats(title, heading))
        .or(() -> tidy(withoutSite(title)))
        .or(() -> meta("og:title"));
  }

  Optional<String> author() {
    return author;
  }

  private Optional<String> findAuthor() {
    return data.author()
        .flatMap(Metadata::tidy)
        .or(() -> meta("author"))
        .or(() -> meta("article:author"))
        .or(() -> meta("parsely-author"))
        .or(() -> text("[itemprop=author] [itemprop=name], [itemprop=author], [rel=author]"))
        .filter(author -> !author.contains("://"));
  }

  Optional<String> published() {
    return published;
  }

  /// The first of what the page says that may be a date.
  private Optional<String> findPublished() {
    return Stream.of(
            data.published().flatMap(Metadata::tidy).stream(),
            PUBLICATION_METAS.stream().flatMap(key -> meta(key).stream()),
            attribute("article time[datetime], time[itemprop=datePublished]", "datetime").stream())
        .flatMap(said -> said)
        .filter(Metadata::mayBeDate)
        .findFirst();
  }

  /// False for an ISO 8601 date of a day that does not exist; true for anything else, which may be
  /// a date in another form.
  static boolean mayBeDate(String said) {
    if (!ISO_DATE.matcher(said).lookingAt()) {
      return true;
    }
    try {
      LocalDate.parse(said.substring(0, ISO_DATE_LENGTH));
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /// A BCP 47 tag.
  Optional<String> language() {
    return attribute("html[lang]", "lang")
        .or(() -> meta("content-language"))
        .or(() -> meta("og:locale").map(locale -> locale.replace('_', '-')))
        .map(tag -> Locale.forLanguageTag(tag).toLanguageTag())
        .filter(tag -> !tag.equals("und"));
  }

  private static boolean repeats(String title, String heading) {
    return title.toLowerCase(Locale.ROOT).contains(heading.toLowerCase(Locale.ROOT));
  }

  private static String withoutSite(String title) {
    String shorter = SITE_SUFFIX.matcher(title).replaceFirst("");
    return shorter.length() * 2 >= title.length() ? shorter : title;
  }

  private Optional<String> meta(String key) {
    return Optional.ofNullable(metas.get(key)).flatMap(Metadata::tidy);
  }

  private Optional<String> text(String query) {
    return Optional.ofNullable(html.selectFirst(query)).map(Element::text).flatMap(Metadata::tidy);
  }

  private Optional<String> attribute(String query, String name) {
    return Optional.ofNullable(html.selectFirst(query))
        .map(element -> element.attr(name))
        .flatMap(Metadata::tidy);
  }

  private static Optional<String> tidy(String raw) {
    return Optional.of(Manuscript.clean(raw))
        .filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH);
  }
}
