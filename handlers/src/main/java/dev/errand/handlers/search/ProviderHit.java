package dev.errand.handlers.search;

import java.time.Instant;
import java.util.Optional;

/// One result of a provider, in plain text. A snippet is what the provider shows of the page, never
/// the page itself.
///
/// @param url http or https, or a file of this installation
/// @param published absent when the provider does not know
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
