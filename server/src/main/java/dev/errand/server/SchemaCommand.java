package dev.errand.server;

import dev.errand.postgres.Migration;
import dev.errand.postgres.Migrations;
import dev.errand.postgres.Rollback;
import dev.errand.postgres.Rollback.Agreement;
import dev.errand.postgres.Rollback.Step;
import dev.errand.server.Arguments.Flag;
import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import dev.errand.server.database.PostgresServer;
import dev.errand.server.log.Logging;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `errand db status` and `errand db rollback`.
///
/// @param out where what was asked for goes
/// @param console who can be asked, empty when nobody can
record SchemaCommand(Settings settings, PrintStream out, Optional<Console> console) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// On the terminal, if there is one.
  static SchemaCommand here(Settings settings) {
    return new SchemaCommand(
        settings, System.out, Optional.ofNullable(System.console()).filter(Console::isTerminal));
  }

  /// By which the database knows our sessions.
  private static final String NAME = "errand db";

  private interface Work {
    boolean on(PostgresServer server);
  }

  /// Lists every migration, also while a server uses the database.
  ///
  /// @return whether the database has the schema of this version
  /// @throws StartFailure saying why there is no database to look at
  boolean status() {
    Work looking =
        server -> {
          List<Migration> migrations = Migrations.status(server.sessions());
          out.print(table(migrations));
          return migrations.stream().allMatch(one -> one.known() && one.appliedAt().isPresent());
        };
    try (PostgresServer running = running().orElse(null)) {
      return running == null ? with(looking) : looking.on(running);
    }
  }

  /// The embedded database of a server that runs.
  private Optional<PostgresServer> running() {
    return settings.database().isPresent()
        ? Optional.empty()
        : PostgresServer.running(directory(), NAME);
  }

  private Path directory() {
    return settings.data().resolve(ErrandServer.DATABASE_FOLDER);
  }

  /// Undoes the last migration, when whoever asks for it agrees to what is lost.
  ///
  /// @return whether it was undone
  /// @throws Rollback.Refused saying why it cannot be done
  /// @throws StartFailure saying why there is no database to work with
  boolean rollback(Set<Flag> flags) {
    boolean force = flags.contains(Flag.FORCE);
    // Nobody else uses the embedded database while we have its directory.
    Agreement agreement = new Agreement(force || settings.database().isEmpty(), force);
    return with(server -> {
      Rollback rollback = new Rollback(server.sessions());
      Step step = rollback.last();
      Rollback.check(step, agreement);
      boolean agreed = flags.contains(Flag.YES) || agrees(step);
      if (agreed) {
        rollback.take(step, agreement);
        out.println(done(step));
      }
      return agreed;
    });
  }

  private boolean with(Work work) {
    Logging.begin(settings.log());
    try (DataDirectory _ =
            settings.database().isEmpty() ? DataDirectory.open(settings.data()) : null;
        PostgresServer server = PostgresServer.reach(directory(), settings.database(), NAME)) {
      return work.on(server);
    } catch (RuntimeException e) {
      throw StartFailure.of(e, settings);
    }
  }

  private boolean agrees(Step step) {
    String question =
        "This undoes migration %s (%s). %s".formatted(step.version(), step.name(), step.losses());
    Console asked =
        console.orElseThrow(() ->
            new Rollback.Refused(
                question
                    + " There is no terminal to ask on: repeat it with --yes when that is meant."));
    String answer = asked.readLine("%s%nGo on? [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private static String done(Step step) {
    return step.first()
        ? "The database is empty now."
        : "Migration %s (%s) is undone. The next start of this version makes it again: start the one before."
            .formatted(step.version(), step.name());
  }

  private static String table(List<Migration> migrations) {
    int width = migrations.stream().mapToInt(one -> one.name().length()).max().orElse(1);
    String line = "%4s  %-" + width + "s  %-20s  %s";
    return migrations.stream()
        .map(one ->
            line.formatted(
                one.version(),
                one.name(),
                one.appliedAt().map(TIME::format).orElse("pending"),
                remark(one)))
        .map(text -> text.stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static String remark(Migration migration) {
    if (!migration.known()) {
      return "made by a newer version of Errand";
    }
    return migration.reversible() ? "" : "no way back";
  }
}
