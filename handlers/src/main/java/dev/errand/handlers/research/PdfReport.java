package dev.errand.handlers.research;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.logging.Level;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/// A report as a PDF, laid out for A4, tagged for screen readers and with an outline. Nothing is
/// loaded from anywhere.
///
/// The one font that comes along has the Latin, Greek and Cyrillic letters; others appear as `#`.
final class PdfReport {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  static {
    // It tells of each style sheet.
    XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
  }

  private PdfReport() {}

  static byte[] of(Report report) throws IOException {
    var page =
        Jsoup.parse(
            """
            <html lang="en">
            <head>
            <title>%s</title>
            <meta name="subject" content="A research report with its sources">
            <style>
            @page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt 'Report'; } }
            html { font-family: 'Report'; }
            body { font-size: 10pt; line-height: 1.45; word-wrap: break-word; }
            h1 { font-size: 18pt; line-height: 1.2; }
            h2 { font-size: 13pt; border-bottom: 0.5pt solid #999; page-break-after: avoid; }
            blockquote { margin: 6pt 0; padding-left: 8pt; border-left: 2pt solid #999; }
            table { border-collapse: collapse; width: 100%%; -fs-table-paginate: paginate; }
            th, td { border: 0.5pt solid #999; padding: 2pt 4pt; text-align: left; vertical-align: top; }
            pre, code { font-family: 'Report'; white-space: pre-wrap; }
            a { color: #0550ae; }
            li li { color: #333; font-size: 8.5pt; }
            </style>
            </head>
            <body>%s</body>
            </html>
            """
                .formatted(
                    Entities.escape(HtmlReport.title(report)), HtmlReport.body(report).html()));
    outline(page);
    page.select("a[href]").forEach(PdfReport::describe);
    var bytes = new ByteArrayOutputStream();
    var builder = new PdfRendererBuilder();
    builder.withW3cDocument(new W3CDom().fromJsoup(page), "");
    builder.useUriResolver((_, _) -> null);
    builder.useFont(PdfReport::font, "Report");
    builder.useFastMode();
    // With every font in the file, and so without those of the machine.
    builder.usePdfUaAccessibility(true);
    builder.toStream(bytes);
    builder.run();
    return bytes.toByteArray();
  }

  /// The headings, as the renderer takes them.
  private static void outline(Document page) {
    var bookmarks = page.head().appendElement("bookmarks");
    for (var heading : page.select("h1, h2")) {
      if (heading.id().isEmpty()) {
        heading.id("top");
      }
      bookmarks
          .appendElement("bookmark")
          .attr("name", heading.text())
          .attr("href", "#" + heading.id());
    }
  }

  /// What a screen reader says of a link.
  private static void describe(Element link) {
    link.attr("title", link.hasAttr("aria-label") ? link.attr("aria-label") : link.text());
  }

  private static InputStream font() {
    return Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT);
  }
}
