package dev.errand.handlers.generate;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A blog post as it is published.
///
/// @param content the whole post in Markdown
/// @param model that wrote it
/// @param sources pages that the text cites by number, from 1
/// @param warnings what was asked for and could not be done
public record BlogPost(
    String title,
    String metaDescription,
    String topic,
    List<String> keywords,
    String content,
    List<Section> sections,
    int wordCount,
    String model,
    List<Link> sources,
    List<String> warnings) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /// @param content in Markdown, without the heading
  public record Section(String heading, String content) {}

  public record Link(String title, String url) {}

  static BlogPost of(
      BlogPostParams params,
      BlogOutline outline,
      List<Section> sections,
      Background background,
      String model,
      List<String> warnings) {
    String content =
        sections.stream()
            .map(section ->
                "## %s\n\n%s\n".formatted(Markdown.line(section.heading()), section.content()))
            .collect(
                Collectors.joining(
                    "\n", "# " + Markdown.line(outline.title()) + "\n\n", background.listed()));
    return new BlogPost(
        Markdown.line(outline.title()),
        outline.metaDescription(),
        params.topic(),
        params.keywords().orElse(List.of()),
        content,
        sections,
        (int) WORD.matcher(content).results().count(),
        model,
        background.sources().stream().map(one -> new Link(one.title(), one.url())).toList(),
        warnings);
  }
}
