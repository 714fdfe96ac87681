package dev.errand.handlers.fetch;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.DocumentMarkdown;
import dev.errand.handlers.read.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches one page and stores its text: task type `fetch_url`.
///
/// Artifacts: `fetch_text`, and `fetch_html` with the bytes as they came when the task asks for it.
public final class FetchHandler implements Handler<FetchHandler.Params> {
  private static final String FAILED = "fetch_failed";
  private static final String BLOCKED = "fetch_blocked";
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,60}(;[\\x20-\\x7e]{0,100})?");

  /// The pause after a 429 without Retry-After.
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final FetchClient client;
  private final Reader reader;

  public FetchHandler(FetchClient client, Reader reader) {
    this.client = client;
    this.reader = reader;
  }

  /// @param url http or https
  /// @param readerMode whether only the main text is wanted; yes when absent
  /// @param storeRawHtml whether the bytes are kept as well; no when absent
  public record Params(String url, Optional<Boolean> readerMode, Optional<Boolean> storeRawHtml) {
    public Params {
      new InvalidParams.Check()
          .that(WebAddress.problem(url).isEmpty(), "/url", WebAddress.problem(url).orElse(""))
          .orThrow();
    }

    WebAddress address() {
      return WebAddress.of(url);
    }
  }

  /// @param url as it was asked for
  /// @param finalUrl where the answer came from
  /// @param contentType as the server said it
  /// @param strategy how the text was found, `none` when there is none
  /// @param confidence 0 to 1
  /// @param words in the stored text
  public record Result(
      String url,
      String finalUrl,
      int status,
      @Nullable String contentType,
      @Nullable String title,
      @Nullable String author,
      @Nullable String published,
      @Nullable String language,
      String strategy,
      double confidence,
      int words) {}

  @Override
  public String type() {
    return "fetch_url";
  }

  @Override
  public Class<Params> paramsType() {
    return Params.class;
  }

  @Override
  public List<String> steps() {
    return List.of("fetch", "read");
  }

  @Override
  public Result handle(Params params, Attempt attempt) throws Exception {
    attempt.progress(0, "Fetching " + params.address().host());
    FetchedPage page =
        attempt.step("fetch", FetchedPage.class, () -> fetch(params.address(), attempt));
    attempt.progress(60, "Reading the page");
    Result result = attempt.step("read", Result.class, () -> read(params, page, attempt));
    attempt.progress(100, "%d words stored".formatted(result.words()));
    return result;
  }

  private FetchedPage fetch(WebAddress address, Attempt attempt)
      throws InterruptedException, TaskFailure {
    return switch (client.fetch(address)) {
      case FetchResult.Page page -> {
        attempt.info("Got %s as it was at %s".formatted(page.address(), page.at()));
        yield FetchedPage.of(page);
      }
      case FetchResult.Refused refused -> throw refused(refused);
      case FetchResult.Blocked(String why) -> throw TaskFailure.permanent(BLOCKED, why);
      case FetchResult.Unusable(String why) -> throw TaskFailure.permanent(FAILED, why);
      case FetchResult.Unreachable(String why) -> throw TaskFailure.external(FAILED, why, null);
    };
  }

  private static TaskFailure refused(FetchResult.Refused answer) {
    if (answer.status() == 429 || (answer.status() == 503 && answer.retryAfter().isPresent())) {
      return TaskFailure.busy(FAILED, answer.why(), answer.retryAfter().orElse(PAUSE));
    }
    return answer.status() >= 500
        ? TaskFailure.external(FAILED, answer.why(), null)
        : TaskFailure.permanent(FAILED, answer.why());
  }

  private Result read(Params params, FetchedPage page, Attempt attempt) throws TaskFailure {
    byte[] content = page.content();
    Document document = document(params, page, content);
    store(document, attempt);
    if (params.storeRawHtml().orElse(false)) {
      attempt.store("page.html", "fetch_html", contentType(page), content);
    }
    return result(params, page, document);
  }

  private Document document(Params params, FetchedPage page, byte[] content) {
    Reader.Extent extent =
        params.readerMode().orElse(true) ? Reader.Extent.MAIN_TEXT : Reader.Extent.EVERYTHING;
    return reader.read(content, page.contentType(), URI.create(page.finalUrl()), extent);
  }

  private static void store(Document document, Attempt attempt) throws TaskFailure {
    boolean structured =
        document.blocks().stream().anyMatch(block -> block.kind() != Document.Kind.PARAGRAPH);
    if (structured) {
      byte[] markdown = DocumentMarkdown.of(document).getBytes(StandardCharsets.UTF_8);
      attempt.store("text.md", "fetch_text", "text/markdown; charset=utf-8", markdown);
    } else {
      byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
      attempt.store("text.txt", "fetch_text", "text/plain; charset=utf-8", text);
    }
  }

  private static Result result(Params params, FetchedPage page, Document document) {
    return new Result(
        params.url(),
        page.finalUrl(),
        page.status(),
        page.contentType(),
        document.title(),
        document.author(),
        document.published(),
        document.language(),
        document.strategy(),
        document.confidence(),
        words(document.text()));
  }

  private static int words(String text) {
    return (int) WORD.matcher(text).results().count();
  }

  /// As the server sent it, where it is a media type.
  private static String contentType(FetchedPage page) {
    return Optional.ofNullable(page.contentType())
        .filter(type -> MEDIA_TYPE.matcher(type).matches())
        .orElse("application/octet-stream");
  }
}
