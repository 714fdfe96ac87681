package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/// What is known of artifacts, on PostgreSQL.
public final class PostgresArtifacts implements ArtifactStore {
  /// Bytes that are replaced, or come too late, are looked at when it is time to prune.
  private static final String PUT =
      """
      WITH held AS (
        SELECT task_id FROM open_tasks WHERE task_id = ? AND lease_token = ? FOR UPDATE),
      given AS (SELECT ?::text AS type, ?::text AS name, ?::text AS sha256),
      unwanted AS (
        INSERT INTO pruned_bytes
        SELECT a.sha256
          FROM given, held JOIN artifacts a USING (task_id)
         WHERE (a.type, a.name) = (given.type, given.name) AND NOT uploaded
           AND a.sha256 <> given.sha256
        UNION
        SELECT sha256 FROM given WHERE NOT EXISTS (SELECT FROM held)
            ON CONFLICT DO NOTHING)
      INSERT INTO artifacts (id, task_id, owner, name, type, content_type, size, sha256, uploaded,
                             created_at)
      SELECT ?, task_id, ?, ?, ?, ?, ?, ?, false, ? FROM held
          ON CONFLICT (task_id, type, name) WHERE NOT uploaded
          DO UPDATE SET content_type = excluded.content_type, size = excluded.size,
                        sha256 = excluded.sha256
      RETURNING *
      """;

  private static final String ADD =
      """
      INSERT INTO artifacts (id, task_id, owner, name, type, content_type, size, sha256, uploaded,
                             created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, true, ?)
          ON CONFLICT (id) DO NOTHING
      """;

  private static final String FIND = "SELECT * FROM artifacts WHERE id = ?";
  private static final String OF_TASK =
      "SELECT * FROM artifacts WHERE task_id = ? ORDER BY created_at, id";

  private final Database database;

  public PostgresArtifacts(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Optional<Artifact> put(Lease lease, Artifact artifact) {
    return database.queryOne(
        PUT,
        PostgresArtifacts::read,
        lease.task().value(),
        lease.token(),
        artifact.type(),
        artifact.name(),
        artifact.sha256(),
        artifact.id(),
        artifact.owner(),
        artifact.name(),
        artifact.type(),
        artifact.contentType(),
        artifact.size(),
        artifact.sha256(),
        artifact.createdAt());
  }

  @Override
  public void add(Artifact artifact) {
    database.update(
        ADD,
        artifact.id(),
        artifact.task().value(),
        artifact.owner(),
        artifact.name(),
        artifact.type(),
        artifact.contentType(),
        artifact.size(),
        artifact.sha256(),
        artifact.createdAt());
  }

  @Override
  public Optional<Artifact> find(UUID id) {
    return database.queryOne(FIND, PostgresArtifacts::read, id);
  }

  @Override
  public List<Artifact> ofTask(TaskId task) {
    return database.query(OF_TASK, PostgresArtifacts::read, task.value());
  }

  private static Artifact read(ResultSet row) throws SQLException {
    return new Artifact(
        row.getObject("id", UUID.class),
        new TaskId(row.getObject("task_id", UUID.class)),
        row.getString("owner"),
        row.getString("name"),
        row.getString("type"),
        row.getString("content_type"),
        row.getLong("size"),
        row.getString("sha256"),
        instant(row, "created_at"));
  }
}
