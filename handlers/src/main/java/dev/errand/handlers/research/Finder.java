package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.handlers.corpus.Corpora;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lists what a task's folders hold.
final class Finder {
  private final Corpora corpora;
  private final List<Path> readable;
  private final Attempt attempt;

  Finder(Corpora corpora, List<Path> readable, Attempt attempt) {
    this.corpora = corpora;
    this.readable = readable;
    this.attempt = attempt;
  }

  /// @throws TaskFailure when a folder is not there or must not be read
  Found find(ResearchParams params) throws TaskFailure {
    var folders = new ArrayList<Found.Folder>();
    for (Path folder : params.folders()) {
      folders.add(folder(folder));
    }
    return new Found(folders, params.pages().stream().map(URI::toString).toList());
  }

  private Found.Folder folder(Path folder) throws TaskFailure {
    try {
      var real = folder.toRealPath();
      if (!Files.isDirectory(real)) {
        throw TaskFailure.permanent("docs_not_found", folder + " is not a folder on this worker");
      }
      if (readable.stream().noneMatch(root -> real.startsWith(real(root)))) {
        throw TaskFailure.permanent(
            "docs_not_allowed", folder + " is outside the folders that tasks may read here");
      }
      var survey = corpora.survey(real);
      attempt.info("%s to read in %s".formatted(Plural.of(survey.files(), "file"), folder));
      survey
          .skipped()
          .forEach((reason, count) ->
              attempt.info(
                  "Skipped %s in %s: %s".formatted(Plural.of(count, "file"), folder, reason)));
      return new Found.Folder(real.toString(), survey.files(), survey.skipped());
    } catch (IOException e) {
      throw TaskFailure.permanent(
          "docs_not_found", "%s cannot be read on this worker: %s".formatted(folder, e));
    }
  }

  /// A root that does not exist holds nothing.
  private static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException _) {
      return root.toAbsolutePath();
    }
  }
}
