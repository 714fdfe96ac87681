package dev.errand.handlers.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore.Extent;
import dev.errand.engine.task.TaskError;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.fetch.FetchHandler;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.search.ProviderAnswer.Found;
import dev.errand.handlers.search.provider.LocalDocs;
import dev.errand.handlers.search.provider.OwnTexts;
import dev.errand.testkit.attempt.RecordingAttempt;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.memory.InMemoryArtifactStorage;
import dev.errand.testkit.memory.InMemoryCache;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTextsTest {
  private static final String TEA = "# Tea\n\nGreen tea is steeped for two minutes.\n";

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock();
  private final JacksonJson json = new JacksonJson();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Artifacts artifacts =
      new Artifacts(store.artifacts(), new InMemoryArtifactStorage(), Limits.DEFAULTS, clock);
  private final Session worker =
      store
          .leases()
          .open(new NewWorker("w", List.of("fetch_url", "research"), 10, Duration.ofHours(100)));

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void what_somebody_fetched_is_found_by_its_address_as_soon_as_the_task_has_ended()
      throws Exception {
    LocalDocs local = local();
    assertThat(hits(local, "ada")).isEmpty();
    fetched("ada", "https://tea.example/green", TEA);

    assertThat(hits(local, "ada"))
        .singleElement()
        .satisfies(hit -> {
          assertThat(hit.url()).isEqualTo("https://tea.example/green");
          assertThat(hit.title()).isEqualTo("Title of https://tea.example/green");
          assertThat(hit.snippet()).contains("steeped for two minutes");
        });
  }

  @Test
  void nobody_finds_what_is_somebody_elses() throws Exception {
    fetched("ada", "https://tea.example/ada", TEA);
    fetched("bob", "https://tea.example/bob", TEA.replace("two", "three"));
    reported("bob", TEA);
    LocalDocs local = local();

    assertThat(hits(local, "ada")).extracting(ProviderHit::url).containsExactly(url("ada"));
    assertThat(hits(local, "ada").getFirst().snippet()).contains("two");
    assertThat(hits(local, "bob")).hasSize(2).extracting(ProviderHit::url).contains(url("bob"));
    assertThat(hits(local, "ada")).as("after bob").hasSize(1);
    assertThat(hits(local, "eve")).isEmpty();
    assertThat(((Found) local.search(FakeEngines.query("green tea"))).hits())
        .as("for nobody in particular")
        .isEmpty();
  }

  @Test
  void a_search_task_finds_what_its_owner_may() throws Exception {
    fetched("somebody", "https://tea.example/somebody", TEA);
    fetched("ada", "https://tea.example/ada", TEA);
    Search search =
        new Search(List.of(local()), new InMemoryCache(clock), json, Duration.ofHours(1), clock);

    SearchResult result =
        search.run(
            FakeEngines.query("green tea"), List.of("local"), new RecordingAttempt(json), "");

    assertThat(result.results()).extracting(Hit::url).containsExactly(url("somebody"));
  }

  @Test
  void a_report_is_found_by_its_artifact() throws Exception {
    Artifact report = reported("ada", TEA);

    assertThat(hits(local(), "ada"))
        .singleElement()
        .satisfies(hit -> {
          assertThat(hit.url()).isEqualTo("/artifacts/" + report.id());
          assertThat(hit.title()).isEqualTo("Tea");
        });
  }

  @Test
  void of_a_page_that_was_fetched_twice_the_newer_text_counts() throws Exception {
    fetched("ada", "https://tea.example/green", TEA);
    LocalDocs local = local();
    assertThat(hits(local, "ada").getFirst().snippet()).contains("two minutes");
    fetched("ada", "https://tea.example/green", TEA.replace("two", "four"));

    assertThat(hits(local, "ada"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.snippet()).contains("four minutes"));
  }

  @Test
  void tasks_that_have_not_ended_well_are_not_searched() throws Exception {
    Lease failed = running("fetch_url", "ada");
    store(failed, "text.md", "fetch_text", TEA);
    store.leases().end(failed, new Outcome.Failed(new TaskError("broken", "It broke", null)));
    store(running("fetch_url", "ada"), "text.md", "fetch_text", TEA);

    assertThat(hits(local(), "ada")).isEmpty();
  }

  @Test
  void what_is_gone_is_not_found_and_no_copy_of_it_stays() throws Exception {
    fetched("ada", "https://tea.example/green", TEA);
    LocalDocs local = local();
    assertThat(hits(local, "ada")).hasSize(1);
    clock.advance(Duration.ofDays(60));
    store.retention().prune(new Retention(Duration.ofDays(30), Map.of()), Extent.ALL);

    assertThat(hits(local, "ada")).isEmpty();
    assertThat(copies()).isEmpty();
  }

  @Test
  void copies_that_nobody_searches_for_a_day_are_removed_and_made_again() throws Exception {
    fetched("ada", "https://tea.example/ada", TEA);
    fetched("bob", "https://tea.example/bob", TEA);
    LocalDocs local = local();
    hits(local, "ada");
    hits(local, "bob");
    assertThat(copies()).hasSize(2);
    clock.advance(Duration.ofDays(1).plusSeconds(1));

    assertThat(hits(local, "bob")).hasSize(1);
    assertThat(copies()).hasSize(1);
    assertThat(hits(local, "ada")).hasSize(1);
  }

  @Test
  void own_texts_and_folders_for_everybody_are_one_library() throws Exception {
    Path docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(docs.resolve("tea.md"), "# Brewing\n\nGreen tea wants soft water.\n");
    fetched("ada", "https://tea.example/ada", TEA);
    LocalDocs local = local(docs);

    assertThat(hits(local, "ada")).hasSize(2);
    assertThat(hits(local, "bob"))
        .singleElement()
        .satisfies(hit -> assertThat(hit.url()).startsWith("file:"));
  }

  private LocalDocs local(Path... docs) {
    return new LocalDocs(
        new Corpora(folder.resolve("index"), new Reader()),
        List.of(docs),
        Optional.of(
            new OwnTexts(folder.resolve("texts"), store.tasks()::list, artifacts, json, clock)));
  }

  private static List<ProviderHit> hits(LocalDocs local, String owner) throws Exception {
    return ((Found) local.search(FakeEngines.query("How long is green tea steeped?"), owner))
        .hits();
  }

  private List<Path> copies() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("texts"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static String url(String owner) {
    return "https://tea.example/" + owner;
  }

  private void fetched(String owner, String url, String text) throws Exception {
    Lease lease = running("fetch_url", owner);
    store(lease, "text.md", "fetch_text", text);
    end(
        lease,
        json.write(
            new FetchHandler.Result(
                url, url, 200, "text/html", "Title of " + url, null, null, "en", "x", 1, 9)));
  }

  private Artifact reported(String owner, String text) throws Exception {
    Lease lease = running("research", owner);
    store(lease, "evidence.jsonl", "evidence", "{\"green\": \"tea\"}");
    Artifact report = store(lease, "report.md", "report_markdown", text);
    end(lease, "{}");
    return report;
  }

  private Lease running(String type, String owner) {
    store.tasks().submit(List.of(TaskDraft.of(type).owner(owner).task()));
    return worker.claim(1).getFirst();
  }

  private Artifact store(Lease lease, String name, String type, String text) throws Exception {
    Artifact artifact =
        artifacts.keep(lease, name, type, "text/markdown; charset=utf-8", text.getBytes(UTF_8));
    return artifacts.record(lease, artifact).orElseThrow();
  }

  private void end(Lease lease, String result) {
    assertThat(store.leases().end(lease, new Outcome.Completed(result))).isTrue();
  }
}
