package dev.errand.handlers.search.provider;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.hash.Sha256;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskStatus;
import dev.errand.handlers.concurrent.KeyedLocks;
import dev.errand.handlers.fetch.FetchHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The texts of each owner's tasks as a folder of files: pages they fetched, each in its newest
/// version, and research reports.
///
/// The store decides what belongs to an owner; the files are copies, brought up to date before each
/// search. Thread-safe.
public final class OwnTexts {
  /// The newest tasks of each type; what is older is not searched.
  private static final int MOST_TASKS = 1_000;

  /// No larger file is indexed.
  private static final long LARGEST = 20L << 20;

  /// Copies that were not searched for this long are removed; they can be made again.
  private static final Duration UNUSED = Duration.ofDays(1);

  private static final Map<String, List<String>> TEXTS_BY_TYPE =
      Map.of(
          "fetch_url", List.of("fetch_text"),
          "research", List.of("report_markdown", "report_html"));

  /// The suffix of the empty file of a task without text, so that the task is not asked again.
  private static final String NOTHING = ".none";

  private final Path home;
  private final TaskList tasks;
  private final Artifacts artifacts;
  private final Json json;
  private final InstantSource clock;
  private final KeyedLocks locks = new KeyedLocks();

  /// @param home where the folders are kept; need not exist yet
  public OwnTexts(Path home, TaskList tasks, Artifacts artifacts, Json json, InstantSource clock) {
    this.home = home;
    this.tasks = tasks;
    this.artifacts = artifacts;
    this.json = json;
    this.clock = clock;
  }

  /// How tasks are listed, newest first.
  @FunctionalInterface
  public interface TaskList {
    List<Task> of(TaskFilter filter);
  }

  /// One owner's folder as it was when it was brought up to date.
  ///
  /// @param origins of the files, by the task that is in a file's name
  record Folder(Path path, Map<String, Origin> origins) {
    /// Where the text of a file is from; empty when the file is not this owner's.
    Optional<Origin> origin(Path file) {
      return path.equals(file.getParent())
          ? Optional.ofNullable(origins.get(task(file)))
          : Optional.empty();
    }
  }

  /// @param url of the page, or where the artifact can be read
  record Origin(String url, Optional<String> title, Optional<Instant> published) {}

  /// The folder of `owner`, with exactly the texts that belong to them now. Takes as long as
  /// copying the new ones.
  Folder of(String owner) throws IOException, InterruptedException {
    String name = Sha256.hex(owner);
    try (var _ = locks.lock(name)) {
      Path folder = Files.createDirectories(home.resolve(name)).toRealPath();
      Map<String, Task> wanted = wanted(owner);
      Map<String, Path> present = present(folder);
      for (Map.Entry<String, Path> file : present.entrySet()) {
        if (!wanted.containsKey(file.getKey())) {
          Files.deleteIfExists(file.getValue());
        }
      }
      for (Map.Entry<String, Task> task : wanted.entrySet()) {
        if (!present.containsKey(task.getKey())) {
          copy(task.getValue(), folder);
        }
      }
      Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
      return new Folder(folder, origins(wanted, folder));
    }
  }

  /// Empties the folders that were not used for a day.
  ///
  /// @return those folders, whose indexes are to be emptied too
  List<Path> forgotten() throws IOException, InterruptedException {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    FileTime last = FileTime.from(clock.instant().minus(UNUSED));
    List<Path> forgotten = new ArrayList<>();
    try (Stream<Path> folders = Files.list(home)) {
      for (Path folder : folders.toList()) {
        if (forget(folder, last)) {
          forgotten.add(folder.toRealPath());
        }
      }
    }
    return forgotten;
  }

  private boolean forget(Path folder, FileTime last) throws IOException, InterruptedException {
    try (var _ = locks.lock(String.valueOf(folder.getFileName()))) {
      Map<String, Path> present = present(folder);
      if (present.isEmpty() || Files.getLastModifiedTime(folder).compareTo(last) >= 0) {
        return false;
      }
      for (Path file : present.values()) {
        Files.deleteIfExists(file);
      }
      return true;
    }
  }

  /// Of several fetches of one page, the newest in which there was a text.
  private Map<String, Task> wanted(String owner) {
    Map<String, Task> wanted = new LinkedHashMap<>();
    Set<String> pages = new HashSet<>();
    for (String type : TEXTS_BY_TYPE.keySet()) {
      for (Task task :
          tasks.of(
              new TaskFilter(owner, TaskStatus.COMPLETED, type, null, null, null, MOST_TASKS))) {
        if (task.owner().equals(owner)
            && page(task)
                .map(page -> page.words() > 0 && pages.add(page.finalUrl()))
                .orElse(true)) {
          wanted.put(task.id().toString(), task);
        }
      }
    }
    return wanted;
  }

  private Optional<FetchHandler.Result> page(Task task) {
    if (!task.type().equals("fetch_url") || task.result() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.read(task.result(), FetchHandler.Result.class));
    } catch (InvalidParams _) {
      return Optional.empty(); // of another version
    }
  }

  /// By task.
  private static Map<String, Path> present(Path folder) throws IOException {
    Map<String, Path> present = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> present.put(task(file), file));
    }
    return present;
  }

  private void copy(Task task, Path folder) throws IOException {
    Optional<Artifact> text = text(task);
    String name = task.id().toString();
    Path draft = folder.resolve("." + name);
    Files.deleteIfExists(draft);
    if (text.isEmpty()) {
      Files.createFile(draft);
    } else {
      try (InputStream in = artifacts.open(text.get(), 0, text.get().size())) {
        Files.copy(in, draft);
      } catch (NoSuchFileException _) {
        return; // gone since it was listed
      }
    }
    String suffix = text.map(OwnTexts::suffix).orElse(NOTHING);
    String artifact = text.map(one -> "." + one.id()).orElse("");
    Files.move(draft, folder.resolve(name + artifact + suffix), StandardCopyOption.ATOMIC_MOVE);
  }

  private Optional<Artifact> text(Task task) {
    List<Artifact> all = artifacts.ofTask(task.id());
    return TEXTS_BY_TYPE.getOrDefault(task.type(), List.of()).stream()
        .flatMap(type -> all.stream().filter(one -> one.type().equals(type)))
        .filter(one -> one.owner().equals(task.owner()) && one.size() <= LARGEST)
        .findFirst();
  }

  private static String suffix(Artifact text) {
    return switch (text.contentType().split(";", 2)[0]) {
      case "text/html" -> ".html";
      case "text/markdown" -> ".md";
      default -> ".txt";
    };
  }

  private Map<String, Origin> origins(Map<String, Task> wanted, Path folder) throws IOException {
    Map<String, Origin> origins = new HashMap<>();
    for (Map.Entry<String, Path> file : present(folder).entrySet()) {
      Task task = wanted.get(file.getKey());
      String[] parts = String.valueOf(file.getValue().getFileName()).split("\\.", -1);
      if (task != null && parts.length == 3) {
        origins.put(file.getKey(), origin(task, parts[1]));
      }
    }
    return origins;
  }

  private Origin origin(Task task, String artifact) {
    Optional<FetchHandler.Result> page = page(task);
    return new Origin(
        page.map(FetchHandler.Result::finalUrl).orElse("/artifacts/" + artifact),
        page.flatMap(one -> Optional.ofNullable(one.title())),
        page.flatMap(one -> Optional.ofNullable(one.published())).flatMap(Dates::of));
  }

  /// The task in the name of a file.
  private static String task(Path file) {
    return String.valueOf(file.getFileName()).split("\\.", 2)[0];
  }
}
