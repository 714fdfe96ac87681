package dev.errand.handlers.search;

import java.time.Instant;
import java.util.Optional;

/// One result as a provider gives it, in plain text. A snippet is what the provider shows of the
/// page, never the page.
///
/// @param url http or https, or a file of this installation
/// @param published as far as the provider knows
public record ProviderHit(String url, String title, String snippet, Optional<Instant> published) {
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_SNIPPET = 1_000;

  public ProviderHit {
    title = cut(title, LONGEST_TITLE);
    snippet = cut(snippet, LONGEST_SNIPPET);
  }

  private static String cut(String text, int longest) {
    String plain = text.replace('\0', ' ').strip();
    if (plain.length() <= longest) {
      return plain;
    }
    int end = Character.isHighSurrogate(plain.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return plain.substring(0, end) + "…";
  }
}
