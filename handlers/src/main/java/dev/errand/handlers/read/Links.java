package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Collects the links of a page while its text is written.
final class Links {
  private static final int MAX_LINKS = 2_000;
  private static final int MAX_TEXT = 300;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final List<Link> links = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable String target;

  /// @return its target; empty when it does not lead to a page
  Optional<String> open(Element anchor) {
    close();
    String href = anchor.attr("href");
    if (leadsSomewhere(href) && links.size() < MAX_LINKS) {
      target = anchor.baseUri().isEmpty() ? href : absolute(anchor, href);
    }
    return Optional.ofNullable(target);
  }

  void text(String raw) {
    if (target != null && text.length() < MAX_TEXT) {
      text.append(raw);
    }
  }

  /// Forgets the link that is open.
  void drop() {
    target = null;
    text.setLength(0);
  }

  void close() {
    if (target != null) {
      links.add(new Link(target, SPACES.matcher(text).replaceAll(" ").strip()));
      target = null;
      text.setLength(0);
    }
  }

  List<Link> all() {
    return links;
  }

  private static String absolute(Element anchor, String href) {
    String resolved = anchor.absUrl("href");
    return resolved.isEmpty() ? href : resolved;
  }

  /// Whether a link leads to a page.
  static boolean leadsSomewhere(String href) {
    return !href.isEmpty()
        && !href.startsWith("#")
        && !href.startsWith("javascript:")
        && !href.startsWith("data:")
        && !href.startsWith("mailto:");
  }
}
