package dev.errand.bench;

import dev.errand.bench.evaluate.ResearchEvaluation;
import dev.errand.bench.evaluate.RetrievalEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How good the work is that tasks do: `errand bench retrieval --cranfield FOLDER`, and `errand
/// bench evaluate [--cranfield FOLDER]` for all of it.
final class Evaluations {
  static final List<String> NAMES = List.of("retrieval", "evaluate");

  private static final String CRANFIELD = "--cranfield";

  /// Questions about the documentation of SQLite, and its pages, beside the tests that ask them.
  private static final String QUESTIONS = "handlers/src/test/resources/sqlite";

  private Evaluations() {}

  /// @param name one of [#NAMES]
  /// @return whether every floor was held
  static boolean run(String name, List<String> options) throws Exception {
    Optional<Path> cranfield = cranfield(name, options);
    Path scratch = Files.createTempDirectory("errand-evaluation");
    try {
      System.out.println(Bench.machine());
      boolean held = true;
      if (name.equals("evaluate")) {
        Path launcher = Path.of(System.getenv("ERRAND_LAUNCHER"));
        held = ResearchEvaluation.run(launcher.resolveSibling(QUESTIONS), scratch, System.out);
        System.out.println();
        System.out.println("Reading pages: errand bench reader FOLDER.");
      }
      if (cranfield.isPresent()) {
        held &= RetrievalEvaluation.run(cranfield.get(), scratch, System.out);
      } else {
        System.out.println("Retrieval: name the Cranfield collection with --cranfield FOLDER.");
      }
      return held;
    } finally {
      Installation.delete(scratch);
    }
  }

  private static Optional<Path> cranfield(String name, List<String> options) throws IOException {
    boolean given = options.size() == 2 && options.getFirst().equals(CRANFIELD);
    if (!given && (!options.isEmpty() || name.equals("retrieval"))) {
      Bench.misunderstood(options.isEmpty() ? List.of(name) : options);
    }
    return given ? Optional.of(Path.of(options.getLast()).toRealPath()) : Optional.empty();
  }
}
