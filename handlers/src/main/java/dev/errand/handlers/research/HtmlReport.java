package dev.errand.handlers.research;

import static java.util.stream.Collectors.toMap;

import dev.errand.handlers.research.ReferenceStyle.Linked;
import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/// A report as a self-contained page: no script, no image, nothing loaded; its only addresses are
/// links to the sources. Readable in light and dark, on paper, and by screen readers.
final class HtmlReport {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /// HTML in the text is shown as text, and links with unsafe protocols are dropped.
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(_ -> HtmlReport::attributes)
          .build();

  private static final String SKIP =
      "<a class=\"skip\" href=\"#source-1\">Skip to the sources</a>\n";

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
    <meta name="referrer" content="no-referrer">
    <title>%s</title>
    <style>
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #57606a; --line: #c9d1d9; --link: #0550ae; --mark: #fff8c5; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6edf3; --paper: #0d1117; --faint: #9da7b1; --line: #3d444d; --link: #79c0ff; --mark: #3a3000; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
    main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere; }
    h1, h2 { line-height: 1.25; }
    h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
    a { color: var(--link); text-underline-offset: .15em; }
    a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); }
    .skip:focus { left: 0; }
    :target { background: var(--mark); }
    blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 4px solid var(--line); font-size: 1.1rem; }
    table { border-collapse: collapse; width: 100%%; }
    th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
    pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); }
    li li { color: var(--faint); font-size: .9rem; }
    @media print { :root { --ink: #000; --paper: #fff; --faint: #333; --line: #999; --link: #000; --mark: #fff; } h2 { break-after: avoid; } }
    </style>
    </head>
    <body>
    %s<main>
    %s</main>
    </body>
    </html>
    """
        .formatted(
            Entities.escape(title(report)),
            report.sources().isEmpty() ? "" : SKIP,
            body(report).html());
  }

  static String title(Report report) {
    return "Research: " + Excerpts.line(report.prompt());
  }

  /// The content of the page.
  static Element body(Report report) {
    var markdown = MarkdownReport.of(report, new Linked());
    var page = Jsoup.parseBodyFragment(RENDERER.render(PARSER.parse(markdown)));
    page.outputSettings().prettyPrint(false);
    var body = page.body();
    var names =
        report.sources().stream()
            .collect(
                toMap(
                    source -> Linked.SOURCE + source.number(),
                    source ->
                        "Source %d: %s"
                            .formatted(source.number(), source.title().orElse(source.name()))));
    body.select("a[href]").forEach(link -> realise(link, names));
    int part = 0;
    for (var heading : body.select("h2")) {
      heading.id("part-" + ++part);
    }
    return body;
  }

  /// Makes of a link of [Linked] what it stands for.
  private static void realise(Element link, Map<String, String> names) {
    var target = link.attr("href");
    link.removeAttr("rel");
    if (names.get(target) instanceof String name) {
      link.attr("aria-label", name);
    } else if (target.startsWith(Linked.ENTRY)) {
      var entry = link.closest("li");
      if (entry != null) {
        entry.id("source-" + target.substring(Linked.ENTRY.length()));
      }
      link.unwrap();
    } else if (target.startsWith(Linked.DATE)) {
      link.tagName("time").clearAttributes();
      link.attr("datetime", target.substring(Linked.DATE.length()));
    } else if (target.startsWith(Linked.HASH)) {
      link.tagName("span").clearAttributes();
      link.attr("title", target.substring(Linked.HASH.length()));
    } else if (!target.startsWith("#")) {
      link.attr("rel", "noopener");
    }
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
