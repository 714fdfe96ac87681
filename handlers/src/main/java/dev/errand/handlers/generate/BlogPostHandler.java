package dev.errand.handlers.generate;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Json;
import dev.errand.handlers.model.Prompt;
import dev.errand.handlers.research.WebSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Has a blog post written, section by section: task type `blog_post`.
///
/// The outline and each section are steps of their own: an attempt after a crash asks for none of
/// them again. With `use_google_search` and a search engine, pages about the topic are searched for
/// first; the text cites them by number and lists them at its end. Artifacts: the post as Markdown,
/// HTML and JSON.
public final class BlogPostHandler implements Handler<BlogPostParams> {
  private static final String SOURCES = "source_search";
  private static final String OUTLINE = "outline_generation";
  private static final String DRAFT = "draft_generation";
  private static final String ASSEMBLY = "assembly";

  private final Author author;
  private final Optional<WebSearch> search;
  private final Json json;

  /// @param search absent where nothing can be searched: then posts are written without sources
  public BlogPostHandler(Author author, Optional<WebSearch> search, Json json) {
    this.author = author;
    this.search = search;
    this.json = json;
  }

  @Override
  public String type() {
    return "blog_post";
  }

  @Override
  public Class<BlogPostParams> paramsType() {
    return BlogPostParams.class;
  }

  @Override
  public void admit(BlogPostParams params, Caller caller) {
    if (!params.dry()) {
      author.requireModel();
    }
  }

  @Override
  public Object handle(BlogPostParams params, Attempt attempt) throws Exception {
    if (params.dry()) {
      return dryRun(params, new BlogPrompts(params, Background.NONE));
    }
    Background background = background(params, attempt);
    BlogPrompts prompts = new BlogPrompts(params, background);
    warnings(params, background).forEach(attempt::warn);
    attempt.progress(5, "Planning the post");
    BlogOutline outline =
        attempt.step(
            OUTLINE, BlogOutline.class, () -> ask(prompts.outline(), BlogOutline.class, attempt));
    List<BlogPost.Section> sections = new ArrayList<>();
    int count = outline.sections().size();
    for (int i = 0; i < count; i++) {
      String heading = outline.sections().get(i).heading();
      attempt.progress(
          10 + 80 * i / count, "Writing section %d of %d: %s".formatted(i + 1, count, heading));
      Prompt prompt = prompts.section(outline, i);
      Text text =
          attempt.step(DRAFT + ":" + (i + 1), Text.class, () -> ask(prompt, Text.class, attempt));
      sections.add(new BlogPost.Section(heading, background.checked(text.content().strip())));
    }
    attempt.progress(92, "Putting it together");
    return attempt.step(
        ASSEMBLY, BlogPost.class, () -> published(params, outline, sections, background, attempt));
  }

  private Background background(BlogPostParams params, Attempt attempt) throws Exception {
    if (!searches(params)) {
      return Background.NONE;
    }
    attempt.progress(2, "Looking for sources");
    return attempt.step(
        SOURCES,
        Background.class,
        () ->
            Background.of(
                params.topic(),
                params.keywords().orElse(List.of()),
                search.orElseThrow(),
                attempt));
  }

  private boolean searches(BlogPostParams params) {
    return params.useGoogleSearch().orElse(false) && search.map(WebSearch::available).orElse(false);
  }

  /// A section as the model writes it.
  record Text(String content) {}

  private <T> T ask(Prompt prompt, Class<T> type, Attempt attempt) throws Exception {
    ObjectNode answer = author.write(prompt, attempt);
    return json.read(answer.toString(), type);
  }

  private BlogPost published(
      BlogPostParams params,
      BlogOutline outline,
      List<BlogPost.Section> sections,
      Background background,
      Attempt attempt)
      throws Exception {
    BlogPost post =
        BlogPost.of(
            params, outline, sections, background, author.name(), warnings(params, background));
    new Piece("blog_post", post.title(), json.write(post), post.content()).store(attempt);
    return post;
  }

  private DryRun dryRun(BlogPostParams params, BlogPrompts prompts) {
    return DryRun.of(
        author.name(),
        List.of(
            author.plan(OUTLINE, prompts.outline(), 1),
            author.plan(DRAFT, prompts.anySection(), params.sectionCount())),
        warnings(params, Background.NONE));
  }

  private List<String> warnings(BlogPostParams params, Background background) {
    List<String> warnings = new ArrayList<>(background.warnings());
    if (params.useGoogleSearch().orElse(false) && !searches(params)) {
      warnings.add(
          "use_google_search: no search provider is configured here, so the post was written"
              + " without looking for sources");
    }
    params
        .ignored()
        .filter(fields -> !fields.isEmpty())
        .ifPresent(
            fields -> warnings.add("not known here and not used: " + String.join(", ", fields)));
    return warnings;
  }
}
