package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Kind;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Reads Markdown: CommonMark, with tables and a front matter.
final class MarkdownReader {
  private static final int MAX_NESTING = 100;

  private final Parser parser =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .maxOpenBlockParsers(MAX_NESTING)
          .maxInlineNesting(MAX_NESTING)
          .build();

  Document read(String markdown, @Nullable URI address) {
    FrontMatter front = FrontMatter.of(markdown);
    Node document = parser.parse(markdown.substring(front.length()));
    MarkdownBlocks blocks = new MarkdownBlocks(address);
    blocks.write(document);
    Manuscript manuscript = blocks.manuscript();
    if (manuscript.blocks().isEmpty()) {
      return Document.nothing();
    }
    return new Document(
        manuscript.text(),
        front.value("title").or(() -> firstHeading(manuscript)).orElse(null),
        front.value("author").orElse(null),
        front.value("date").filter(Metadata::mayBeDate).orElse(null),
        front.value("lang").orElse(null),
        manuscript.blocks(),
        manuscript.marks(),
        blocks.links(),
        Document.FILE,
        "markdown",
        0.95);
  }

  private static Optional<String> firstHeading(Manuscript manuscript) {
    return manuscript.blocks().stream()
        .filter(block -> block.kind() == Kind.HEADING)
        .findFirst()
        .map(block -> block.headings().getLast());
  }
}
