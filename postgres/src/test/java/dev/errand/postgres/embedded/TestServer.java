package dev.errand.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A PostgreSQL for tests: empty at first, gone at last, and quick because what it holds may be
/// lost.
public final class TestServer implements AutoCloseable {
  /// Where all tests of this module share the unpacked programs.
  static final Path BINARIES = Path.of("target", "embedded-postgres").toAbsolutePath();

  private static final Map<String, String> VOLATILE =
      Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

  private final Path directory;
  private final EmbeddedPostgres postgres;

  private TestServer(Path directory, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.postgres = postgres;
  }

  public static TestServer start() {
    try {
      Path directory = Files.createTempDirectory("errand-postgres-");
      NewCluster.in(directory);
      return new TestServer(directory, EmbeddedPostgres.start(directory, BINARIES, VOLATILE));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The address of one of the server's databases.
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.port(), database);
  }

  public String user() {
    return postgres.user();
  }

  public String password() {
    return postgres.password();
  }

  @Override
  public void close() throws IOException {
    postgres.close();
    new DirectoryTree(directory).delete();
  }
}
