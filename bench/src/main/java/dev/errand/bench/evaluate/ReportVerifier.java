package dev.errand.bench.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Looks up every quote of a report in the documents themselves.
///
/// Shares no code with what wrote the report: it reads the published artifacts and the original
/// files, and takes a file's text to be what jsoup says it is. By hand: `java … ReportVerifier`
/// with the folder that holds report.md, report.json and evidence.jsonl.
final class ReportVerifier {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Parser MARKDOWN =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /// A quote of report.md, and what may follow it there: its number, headings, other places.
  private static final Pattern QUOTE =
      Pattern.compile("^“(.*)”(?: \\[\\d+])?(?: › .*?)?(?: \\(also in [\\[\\]\\d, ]+\\))?$");

  private static final Pattern CITED = Pattern.compile("(?:” |also in |, )\\[(\\d+)]");

  /// A number, or a word in capitals.
  private static final Pattern FACT =
      Pattern.compile("(?<![\\p{L}\\p{N}])(?:\\d+(?:[.,]\\d+)*|\\p{Lu}[\\p{L}\\p{N}]+)");

  private final JsonNode report;
  private final Map<Integer, String> texts = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int quotes;
  private int found;
  private int cited;
  private int citedSources;
  private int told;
  private int supported;

  private ReportVerifier(String reportJson) {
    this.report = JSON.readTree(reportJson);
  }

  /// @param quotes looked up, in all three artifacts together
  /// @param found of them, in the documents they are said to be from
  /// @param cited numbers in square brackets that a reader of report.md sees
  /// @param citedSources of them, those that lead to one of its sources
  /// @param told numbers and names in the quotes and tables of report.md
  /// @param supported of them, those that a source holds
  record Verdict(
      int quotes,
      int found,
      int cited,
      int citedSources,
      int told,
      int supported,
      List<String> problems) {}

  static Verdict verify(String reportMarkdown, String reportJson, String evidenceLines)
      throws IOException {
    var verifier = new ReportVerifier(reportJson);
    verifier.readSources();
    var inJson = verifier.evidenceInJson();
    inJson.forEach(verifier::lookUp);
    verifier.checkLines(evidenceLines);
    verifier.checkMarkdown(reportMarkdown);
    return new Verdict(
        verifier.quotes,
        verifier.found,
        verifier.cited,
        verifier.citedSources,
        verifier.told,
        verifier.supported,
        List.copyOf(verifier.problems));
  }

  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    var verdict =
        verify(
            Files.readString(folder.resolve("report.md")),
            Files.readString(folder.resolve("report.json")),
            Files.readString(folder.resolve("evidence.jsonl")));
    System.out.printf("%d of %d quotes found%n", verdict.found(), verdict.quotes());
    verdict.problems().forEach(System.out::println);
  }

  private void readSources() throws IOException {
    for (var source : report.get("sources")) {
      var file = Path.of(source.get("location").asString());
      var bytes = Files.readAllBytes(file);
      if (!sha256(bytes).equals(source.get("sha256").asString())) {
        problems.add(file + " is not the file that was read");
      }
      try (var in = Files.newInputStream(file)) {
        texts.put(source.get("number").asInt(), folded(text(Jsoup.parse(in, null, ""))));
      }
    }
  }

  /// What jsoup takes for the text, but 2<sup>48</sup> is written 2^48.
  private static String text(Document page) {
    for (var raised : page.select("sup:matchesOwn(^[-+\u2212]?\\d{1,4}$)")) {
      if (raised.previousSibling() instanceof TextNode base
          && base.getWholeText().matches("(?s).*\\d")) {
        raised.prependText("^");
      }
    }
    return page.text();
  }

  private List<JsonNode> evidenceInJson() {
    var evidence = new ArrayList<JsonNode>();
    for (var section : report.get("sections")) {
      for (var claim : section.get("claims")) {
        claim.get("evidence").forEach(evidence::add);
        claim.get("also").forEach(evidence::add);
      }
      for (var disagreement : section.get("disagreements")) {
        disagreement.get("statements").forEach(evidence::add);
      }
    }
    if (report.get("checks").get("quotes").asInt() != evidence.size()) {
      problems.add("The report counts its quotes wrong");
    }
    return evidence;
  }

  private void lookUp(JsonNode evidence) {
    var quote = evidence.get("quote").asString();
    int length = evidence.get("end").asInt() - evidence.get("start").asInt();
    if (length != quote.length()) {
      problems.add("Offsets and quote differ in length: " + quote);
    }
    lookUp(quote, Optional.ofNullable(texts.get(evidence.get("source").asInt())).stream().toList());
  }

  private void lookUp(String quote, List<String> documents) {
    quotes++;
    if (documents.stream().anyMatch(text -> text.contains(folded(quote)))) {
      found++;
    } else {
      problems.add("Not in its document: " + quote);
    }
  }

  /// Each line is the evidence of one claim in report.json, and there are no others.
  private void checkLines(String lines) {
    var expected = new ArrayList<String>();
    for (var section : report.get("sections")) {
      for (var claim : section.get("claims")) {
        for (var one : claim.get("evidence")) {
          expected.add(claim.get("id").asString() + one.get("source") + one.get("quote"));
        }
      }
    }
    var found =
        lines
            .lines()
            .map(JSON::readTree)
            .map(line -> line.get("claim").asString() + line.get("source") + line.get("quote"))
            .toList();
    if (!found.equals(expected)) {
      problems.add("evidence.jsonl and report.json do not hold the same quotes");
    }
    lines.lines().map(JSON::readTree).forEach(this::lookUp);
  }

  /// Each quote a reader sees is in a source, each number they see is a source's, and nothing in
  /// the report is more than text.
  private void checkMarkdown(String markdown) {
    var blocks = new Blocks();
    MARKDOWN.parse(markdown).accept(blocks);
    blocks.alive.forEach(alive -> problems.add("Came to life in report.md: " + alive));
    for (String block : blocks.texts) {
      var quote = QUOTE.matcher(block);
      if (quote.matches()) {
        lookUp(quote.group(1), List.copyOf(texts.values()));
        lookUpFacts(quote.group(1));
      }
    }
    var unknown = new TreeSet<Integer>();
    for (String block : blocks.texts) {
      for (var one : CITED.matcher(block).results().toList()) {
        int number = Integer.parseInt(one.group(1));
        cited++;
        if (texts.containsKey(number)) {
          citedSources++;
        } else {
          unknown.add(number);
        }
      }
    }
    unknown.forEach(number -> problems.add("Cites [%d], which is no source".formatted(number)));
  }

  /// Numbers and names are what a reader takes away from a report.
  private void lookUpFacts(String quote) {
    for (var fact : FACT.matcher(quote).results().toList()) {
      var alone = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(fact.group()));
      told++;
      if (texts.values().stream().anyMatch(text -> alone.matcher(text).find())) {
        supported++;
      } else {
        problems.add("No source speaks of " + fact.group());
      }
    }
  }

  /// The text of each paragraph and table cell, and whatever is not plain text.
  private static final class Blocks extends AbstractVisitor {
    private final List<String> texts = new ArrayList<>();
    private final List<String> alive = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void visit(Paragraph paragraph) {
      collect(paragraph);
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableCell) {
        collect(node);
      } else {
        visitChildren(node);
      }
    }

    private void collect(Node block) {
      text.setLength(0);
      visitChildren(block);
      texts.add(text.toString());
    }

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(Link node) {
      alive.add("link to " + node.getDestination());
    }

    @Override
    public void visit(Image node) {
      alive.add("image at " + node.getDestination());
    }

    @Override
    public void visit(HtmlInline node) {
      alive.add(node.getLiteral());
    }

    @Override
    public void visit(HtmlBlock node) {
      alive.add(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      alive.add("code " + node.getLiteral());
    }
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .replaceAll("[\\s\\u00A0\\u200B]+", " ")
        .strip();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
