package dev.errand.handlers.generate;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Json;
import dev.errand.handlers.model.Question;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Has a blog post written, section by section: task type `blog_post`.
///
/// The outline and each section are steps of their own: an attempt that goes on after a crash asks
/// for none of them again. Artifacts: the post as Markdown, HTML and JSON.
public final class BlogPostHandler implements Handler<BlogPostParams> {
  private static final String OUTLINE = "outline_generation";
  private static final String DRAFT = "draft_generation";
  private static final String ASSEMBLY = "assembly";

  private final Author author;
  private final Json json;

  public BlogPostHandler(Author author, Json json) {
    this.author = author;
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
    BlogPrompts prompts = new BlogPrompts(params);
    if (params.dry()) {
      return dryRun(params, prompts);
    }
    warnings(params).forEach(attempt::warn);
    attempt.progress(2, "Planning the post");
    BlogOutline outline =
        attempt.step(
            OUTLINE, BlogOutline.class, () -> ask(prompts.outline(), BlogOutline.class, attempt));
    List<BlogPost.Section> sections = new ArrayList<>();
    int count = outline.sections().size();
    for (int i = 0; i < count; i++) {
      String heading = outline.sections().get(i).heading();
      attempt.progress(
          10 + 80 * i / count, "Writing section %d of %d: %s".formatted(i + 1, count, heading));
      Question question = prompts.section(outline, i);
      Text text =
          attempt.step(DRAFT + ":" + (i + 1), Text.class, () -> ask(question, Text.class, attempt));
      sections.add(new BlogPost.Section(heading, text.content().strip()));
    }
    attempt.progress(92, "Putting it together");
    return attempt.step(
        ASSEMBLY, BlogPost.class, () -> published(params, outline, sections, attempt));
  }

  /// A section as the model writes it.
  record Text(String content) {}

  private <T> T ask(Question question, Class<T> type, Attempt attempt) throws Exception {
    ObjectNode answer = author.write(question, attempt);
    return json.read(answer.toString(), type);
  }

  private BlogPost published(
      BlogPostParams params, BlogOutline outline, List<BlogPost.Section> sections, Attempt attempt)
      throws Exception {
    BlogPost post = BlogPost.of(params, outline, sections, author.name(), warnings(params));
    new Piece("blog_post", post.title(), json.write(post), post.content()).store(attempt);
    return post;
  }

  private DryRun dryRun(BlogPostParams params, BlogPrompts prompts) {
    return DryRun.of(
        author.name(),
        List.of(
            author.plan(OUTLINE, prompts.outline(), 1),
            author.plan(DRAFT, prompts.anySection(), params.sectionCount())),
        warnings(params));
  }

  private static List<String> warnings(BlogPostParams params) {
    List<String> warnings = new ArrayList<>();
    if (params.useGoogleSearch().orElse(false)) {
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
