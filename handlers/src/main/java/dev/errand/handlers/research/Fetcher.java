package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.concurrent.InParallel;
import dev.errand.handlers.corpus.Corpora;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// Reads the files and pages of a task: files into their folder's index, pages into the task's
/// steps.
final class Fetcher {
  private static final int PAGES_AT_ONCE = 4;

  private final Corpora corpora;
  private final Pages pages;
  private final Attempt attempt;

  Fetcher(Corpora corpora, Pages pages, Attempt attempt) {
    this.corpora = corpora;
    this.pages = pages;
    this.attempt = attempt;
  }

  /// @param more whether there is more to read than this
  /// @throws TaskFailure when there are pages and nothing at all could be read: they may be back
  ///   later
  Fetched fetch(Found found, boolean more) throws TaskFailure, InterruptedException {
    var folders = new ArrayList<Fetched.Folder>();
    for (var folder : found.folders()) {
      folders.add(read(folder));
    }
    var fetched = new Fetched(folders, pages(found.urls()));
    if (!more && fetched.documents() == 0) {
      throwIfPagesFailed(fetched);
      attempt.warn("There is no document to read in what was given");
    }
    return fetched;
  }

  private Fetched.Folder read(Found.Folder folder) throws TaskFailure, InterruptedException {
    try {
      var refreshed = corpora.refresh(Path.of(folder.path()), new Progress());
      attempt.info(
          "%s: %s; %d read now, %d removed, %d unreadable"
              .formatted(
                  folder.path(),
                  Plural.of(refreshed.documents(), "document"),
                  refreshed.read(),
                  refreshed.removed(),
                  refreshed.unreadable()));
      return new Fetched.Folder(folder.path(), refreshed.documents(), refreshed.unreadable());
    } catch (IOException e) {
      throw TaskFailure.external(
          "docs_not_indexed", "%s could not be indexed: %s".formatted(folder.path(), e), e);
    }
  }

  /// Reports each twentieth of the way.
  private final class Progress implements Corpora.Listener {
    private final AtomicInteger reported = new AtomicInteger();

    @Override
    public void read(int files, int ofFiles) {
      int twentieth = 20 * files / ofFiles;
      if (reported.getAndUpdate(before -> Math.max(before, twentieth)) < twentieth) {
        attempt.progress(
            10 + 2 * twentieth, "Read %d of %s".formatted(files, Plural.of(ofFiles, "file")));
      }
    }
  }

  private List<Fetched.Page> pages(List<String> urls) throws InterruptedException {
    var fetches = urls.stream().map(url -> (Callable<Fetched.Page>) () -> page(url)).toList();
    return InParallel.call(fetches, PAGES_AT_ONCE);
  }

  /// @return what was read, or why nothing could be
  Fetched.Page page(String url) throws InterruptedException {
    try {
      var page = pages.fetch(URI.create(url));
      var document = corpora.read(page.bytes(), page.contentType(), page.address());
      attempt.info("Read " + page.address());
      return Fetched.Page.read(url, page.fetchedAt(), document);
    } catch (IOException | IllegalArgumentException e) {
      var problem = e.getMessage() == null ? e.toString() : e.getMessage();
      attempt.warn("Could not read %s: %s".formatted(url, problem));
      return Fetched.Page.notRead(url, problem);
    }
  }

  private static void throwIfPagesFailed(Fetched fetched) throws TaskFailure {
    var problem = fetched.pages().stream().flatMap(page -> page.problem().stream()).findFirst();
    if (problem.isPresent()) {
      throw TaskFailure.external("pages_not_read", "No page could be read: " + problem.get(), null);
    }
  }
}
