package dev.errand.handlers.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Asking.Answer;
import dev.errand.handlers.research.ResearchResult.Planned;
import dev.errand.testkit.attempt.RecordingAttempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanAndFormatsTest {
  private static final String PROMPT =
      "How long is green tea steeped? Why is it steeped at eighty degrees? Who is the king?";

  @TempDir private Path folder;
  private Asking asking;

  @BeforeEach
  void setUp() throws IOException {
    asking =
        new Asking(folder)
            .file(
                "tea.md",
                "# Tea & <script>alert(1)</script>\n\nGreen tea is steeped for two minutes. Green tea"
                    + " is steeped at eighty degrees because it is bitter otherwise: naïve “δ ж”.\n");
  }

  @Test
  void a_plan_alone_reads_nothing_and_can_be_given_back_as_it_is() throws Exception {
    var attempt = new RecordingAttempt(Asking.JSON);
    var planned =
        (Planned)
            asking
                .handler()
                .handle(Asking.json("{'prompt':'%s','plan_only':true}".formatted(PROMPT)), attempt);
    assertThat(attempt.finishedSteps().keySet()).containsExactly("plan");
    assertThat(planned.plan().questions()).hasSize(3);
    assertThat(attempt.stored("plan").text()).isEqualTo(Asking.JSON.write(planned.plan()));
    assertThat(attempt.logged())
        .extracting(line -> line.text())
        .contains("1. How long is green tea steeped?");

    var given =
        ask(
            "{'prompt':'%s','docs':['%s'],'plan':%s}"
                .formatted(PROMPT, asking.docs(), Asking.JSON.write(planned.plan())));
    var usual = ask("{'prompt':'%s','docs':['%s']}".formatted(PROMPT, asking.docs()));
    assertThat(given.markdown())
        .isEqualTo(usual.markdown().replace("planner=rules", "planner=given"));
  }

  @Test
  void an_edited_plan_is_run_as_it_is() throws Exception {
    var answer =
        ask(
            "{'prompt':'Tea','docs':['%s'],'plan':{'questions':[{'question':'How long is it steeped?','about':['green tea']}]}}"
                .formatted(asking.docs()));
    assertThat(answer.report().sections())
        .extracting(Report.Section::question)
        .containsExactly("How long is it steeped?");
    assertThat(answer.published().answer()).contains("two minutes");
  }

  @Test
  void a_report_names_each_question_of_an_edited_plan_found_or_not() throws Exception {
    for (String type : new String[] {"brief", "detailed", "qa", "resource_list"}) {
      var params =
          "{'prompt':'whatever','docs':['%s'],'report_type':'%s','plan':{'questions':[{'question':'%s'}]}}";
      assertThat(ask(params.formatted(asking.docs(), type, "Who is the king?")).markdown())
          .as(type)
          .contains("## Who is the king?\n\n**Not found.**");
      if (!type.equals("resource_list")) {
        assertThat(
                ask(params.formatted(asking.docs(), type, "How long is tea steeped?")).markdown())
            .as(type)
            .contains("## How long is tea steeped?\n");
      }
    }
  }

  @Test
  void one_of_a_thing_is_not_several() throws Exception {
    assertThat(ask(asking("'report_type':'qa'")).markdown())
        .contains("Searched 1 document, 1 passage in ")
        .contains("directly, quoted for ", " quote");
    assertThat(Plural.of(1, "query", "queries")).isEqualTo("1 query");
    assertThat(Plural.of(0, "query", "queries")).isEqualTo("0 queries");
    assertThat(Plural.of(2_000, "page")).isEqualTo("2,000 pages");
  }

  @Test
  void dates_are_shown_as_people_write_them_and_kept_as_said_when_they_are_none() {
    assertThat(ShownDate.of("2030-01-02T03:04:05Z").text()).isEqualTo("2 January 2030");
    assertThat(ShownDate.of("2030-01-02").iso()).contains("2030-01-02");
    assertThat(ShownDate.of("2030-02-30").text()).isEqualTo("2030-02-30");
    assertThat(ShownDate.of("2030-02-30").iso()).isEmpty();
    assertThat(ShownDate.of("last summer").text()).isEqualTo("last summer");
  }

  @Test
  void plans_and_params_that_cannot_be_run_are_refused_field_by_field() {
    for (String wrong :
        new String[] {
          "'plan':{'questions':[]}|/plan/questions",
          "'plan':{'questions':[{'question':' '}]}|/plan/questions/0/question",
          "'plan':{'questions':[{'question':'x','queries':['']}]}|/plan/questions/0/queries/0",
          "'breadth':0|/breadth",
          "'rounds':9|/rounds",
          "'max_searches':101|/max_searches",
          "'formats':[]|/formats",
          "'formats':['docx']|/formats/0",
          "'depth':'brief','report_type':'detailed'|/report_type"
        }) {
      var parts = wrong.split("\\|", 2);
      assertThatThrownBy(() -> Asking.json("{'prompt':'x',%s}".formatted(parts[0])))
          .isInstanceOfSatisfying(
              InvalidParams.class,
              refused ->
                  assertThat(refused.violations())
                      .extracting(InvalidParams.Violation::pointer)
                      .as(wrong)
                      .contains(parts[1]));
    }
  }

  @Test
  void html_needs_nothing_else_and_does_nothing_but_show_the_report() throws Exception {
    var answer = ask(asking("'formats':['html']"));
    var html = answer.attempt().stored("report_html").text();
    var page = Jsoup.parse(html);
    assertThat(page.select("script, img, link, iframe, a[href^=javascript]")).isEmpty();
    assertThat(page.select("h1")).hasSize(1);
    assertThat(page.select("html[lang], main")).hasSize(2);
    assertThat(page.select("th:not([scope])")).isEmpty();
    assertThat(html)
        .contains(
            "prefers-color-scheme: dark", "default-src 'none'", "Green tea is steeped for two")
        .doesNotContain("<script");
    assertThat(answer.published().artifacts()).containsExactly("report.html", "evidence.jsonl");
  }

  @Test
  void citations_lead_to_the_entry_of_their_source_and_each_says_which_it_is() throws Exception {
    var page = Jsoup.parse(html("All &amp; about tea", "2030-01-02T03:04:05Z"));
    var citations = page.select("main a[href^=#source-]");
    assertThat(citations).isNotEmpty();
    for (var citation : citations) {
      assertThat(page.select("li" + citation.attr("href"))).hasSize(1);
      assertThat(citation.attr("aria-label")).isEqualTo("Source 1: All & about tea");
    }
    assertThat(page.select("a[href^=#]").eachAttr("href"))
        .allSatisfy(target -> assertThat(page.select(target)).as(target).hasSize(1));
    assertThat(page.select("a.skip[href=#source-1]")).hasSize(1);
    assertThat(page.select("h1, h2").eachAttr("id"))
        .as("h1 comes first and has none")
        .doesNotHaveDuplicates();
    assertThat(page.select("h3, h4, h5, h6")).isEmpty();
  }

  @Test
  void sources_of_the_web_are_links_with_a_date_and_a_short_hash() throws Exception {
    var page = Jsoup.parse(html("Tea", "2030-01-02T03:04:05Z"));
    var entry = page.select("li#source-1").getFirst();
    assertThat(entry.select("a").eachAttr("href"))
        .containsExactly("http://tea.example/a?b=1&copy=2");
    assertThat(entry.select("a").attr("rel")).isEqualTo("noopener");
    assertThat(entry.select("time[datetime=2030-01-02]").text()).isEqualTo("2 January 2030");
    assertThat(entry.select("span[title]").attr("title")).hasSize(64);
    assertThat(entry.select("span[title]").text()).hasSize(13).endsWith("…");
    assertThat(page.select("a[rel]")).hasSize(1);
  }

  @Test
  void a_source_cannot_forge_a_link_or_a_citation() throws Exception {
    var page = Jsoup.parse(html("[1](#source-1) &lt;a href=x> [x](javascript:x)", "[x](http://x)"));
    assertThat(page.select("li#source-1 a").eachAttr("href"))
        .containsExactly("http://tea.example/a?b=1&copy=2");
    assertThat(page.select("[href^=javascript]")).isEmpty();
  }

  /// The report on a page of the web.
  private String html(String title, String published) throws Exception {
    var address = "http://tea.example/a?b=1&copy=2";
    asking.page(
        address,
        "<title>%1$s</title><meta property='article:published_time' content='%2$s'><h1>%1$s</h1>"
                .formatted(title, published)
            + "<p>Green tea is steeped for two minutes [1] [x](http://x.example/).</p>");
    var answer = ask("{'prompt':'%s','urls':['%s'],'formats':['html']}".formatted(PROMPT, address));
    return answer.attempt().stored("report_html").text();
  }

  @Test
  void pdf_holds_the_report_as_text() throws Exception {
    var answer = ask(asking("'formats':['pdf','markdown']"));
    var bytes = PdfReport.of(reportOf(asking("'formats':['json']")));
    try (var document = Loader.loadPDF(bytes)) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Green tea is steeped for two minutes", "naïve", "δ ж");
      assertThat(document.getDocumentInformation().getTitle()).startsWith("Research: ");
    }
    assertThat(new Reader().read(bytes, "application/pdf", null).text()).contains("two minutes");
    assertThat(answer.published().artifacts())
        .containsExactly("report.md", "report.pdf", "evidence.jsonl");
  }

  @Test
  void pdf_is_tagged_says_its_language_and_has_an_outline_and_its_own_fonts() throws Exception {
    try (var document = Loader.loadPDF(PdfReport.of(reportOf(asking("'formats':['json']"))))) {
      var catalog = document.getDocumentCatalog();
      assertThat(catalog.getLanguage()).startsWithIgnoringCase("en");
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getStructureTreeRoot()).isNotNull();
      assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
      var titles = new ArrayList<String>();
      catalog.getDocumentOutline().children().forEach(item -> titles.add(item.getTitle()));
      assertThat(titles)
          .startsWith("Research report", "How long is green tea steeped?")
          .contains("Who is the king?", "Sources");
      for (var page : document.getPages()) {
        for (var font : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(font).isEmbedded()).isTrue();
        }
      }
    }
  }

  @Test
  void each_type_of_report_has_its_own_layout() throws Exception {
    var brief = ask(asking("'report_type':'brief'"));
    assertThat(brief.report().method().depth()).isEqualTo(Depth.BRIEF);
    var answers = ask(asking("'report_type':'qa'")).markdown();
    assertThat(answers)
        .contains("## How long is green tea steeped?\n\n“Green tea is steeped for two minutes.")
        .doesNotContain("| Question | Answer |");
    var resources = ask(asking("'report_type':'resource_list'")).markdown();
    assertThat(resources)
        .contains("## Resources\n\n- [1] **Tea", "  - score ", "Not found: Who is the king?")
        .doesNotContain("## Sources", "> “");
  }

  private String asking(String more) {
    return "{'prompt':'%s','docs':['%s'],%s}".formatted(PROMPT, asking.docs(), more);
  }

  private Report reportOf(String params) throws Exception {
    return ask(params).report();
  }

  private Answer ask(String params) throws Exception {
    return asking.ask(Asking.json(params), new RecordingAttempt(Asking.JSON));
  }
}
