package dev.errand.handlers.research;

import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.nodes.Entities;

/// A report as a page that needs nothing else: no script, no picture, no other address. Readable in
/// light and dark, on paper, and to screen readers.
final class HtmlReport {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /// Tags in the text are shown, not obeyed, and links lead to the web only.
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(_ -> HtmlReport::attributes)
          .build();

  private HtmlReport() {}

  static String of(Report report) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s</title>
    <style>
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #57606a; --line: #c9d1d9; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9da7b1; --line: #3d444d; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
    main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere; }
    h1, h2 { line-height: 1.25; }
    h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
    blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 4px solid var(--line); font-size: 1.1rem; }
    table { border-collapse: collapse; width: 100%%; }
    th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
    pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); }
    li li { color: var(--faint); font-size: .9rem; }
    @media print { :root { --ink: #000; --paper: #fff; --faint: #333; --line: #999; } h2 { break-after: avoid; } }
    </style>
    </head>
    <body>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(Entities.escape(title(report)), body(report));
  }

  static String title(Report report) {
    return "Research: " + Excerpts.line(report.prompt());
  }

  /// What stands in the page.
  static String body(Report report) {
    return RENDERER.render(PARSER.parse(MarkdownReport.of(report)));
  }

  private static void attributes(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof TableCell cell && cell.isHeader()) {
      attributes.put("scope", "col");
    }
    if (tag.equals("pre")) {
      attributes.put("tabindex", "0");
    }
  }
}
