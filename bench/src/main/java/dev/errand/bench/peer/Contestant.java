package dev.errand.bench.peer;

import java.util.Arrays;
import java.util.Optional;

/// What is compared.
public enum Contestant {
  ERRAND("errand", Language.JAVA, Keeps.IN_POSTGRES, Shortcut.IN_ONE_PROCESS),
  FLOOR("floor", Language.JAVA, Keeps.IN_POSTGRES, Shortcut.NONE),
  COALESCING_FLOOR("floor-coalescing", Language.JAVA, Keeps.IN_POSTGRES, Shortcut.NONE),
  JOBRUNR("jobrunr", Language.JAVA, Keeps.IN_POSTGRES, Shortcut.NONE),
  DB_SCHEDULER("db-scheduler", Language.JAVA, Keeps.IN_POSTGRES, Shortcut.IN_ONE_PROCESS),
  PG_BOSS("pg-boss", Language.NODE, Keeps.IN_POSTGRES, Shortcut.NONE),
  GRAPHILE_WORKER("graphile-worker", Language.NODE, Keeps.IN_POSTGRES, Shortcut.NONE),
  BULLMQ("bullmq", Language.NODE, Keeps.IN_REDIS, Shortcut.NONE);

  private final String word;
  private final Language language;
  private final Keeps keeps;
  private final Shortcut shortcut;

  enum Language {
    JAVA,
    NODE
  }

  /// Where the jobs are.
  enum Keeps {
    IN_POSTGRES,
    IN_REDIS
  }

  /// Whether a job reaches a worker sooner when it is enqueued in the worker's process.
  enum Shortcut {
    IN_ONE_PROCESS,
    NONE
  }

  Contestant(String word, Language language, Keeps keeps, Shortcut shortcut) {
    this.word = word;
    this.language = language;
    this.keeps = keeps;
    this.shortcut = shortcut;
  }

  static Optional<Contestant> named(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  boolean isNode() {
    return language == Language.NODE;
  }

  boolean needsRedis() {
    return keeps == Keeps.IN_REDIS;
  }

  /// What its warm-up is divided by: with a full one, some would take minutes.
  int slowness(Phase phase) {
    boolean oneByOne = phase != Phase.BULK && phase != Phase.DRAIN;
    boolean slow =
        switch (this) {
          case JOBRUNR, DB_SCHEDULER -> true;
          case PG_BOSS, GRAPHILE_WORKER -> oneByOne;
          default -> false;
        };
    return slow ? 10 : 1;
  }

  boolean takesPartIn(Phase phase) {
    return phase != Phase.PICK_UP_LOCAL || shortcut == Shortcut.IN_ONE_PROCESS;
  }

  @Override
  public String toString() {
    return word;
  }
}
