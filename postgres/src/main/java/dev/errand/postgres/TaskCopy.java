package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.task.Lane;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.TaskStore.Submitted.Stored;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.PGCopyOutputStream;

/// Stores many tasks by `COPY`, which costs a third of what a statement with arrays does. The
/// format is PostgreSQL's "Binary Format" of `COPY`.
final class TaskCopy {
  private static final String COPY =
      """
      COPY open_tasks (
           task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
           created_at, first_due_at, concurrency_key, batch_id, lane, due_at, expires_at, rank,
           updated_at)
      FROM STDIN (FORMAT binary)
      """;

  private static final short COLUMNS = 19;

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int BUFFER = 1 << 16;
  private static final int OID_OF_TEXT = 25;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final Connection connection;

  /// @param connection in a transaction
  TaskCopy(Connection connection) {
    this.connection = connection;
  }

  List<Stored> store(List<NewTask> tasks) throws SQLException {
    Instant now = now();
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      DataOutputStream out = new DataOutputStream(new PGCopyOutputStream(copy, BUFFER));
      out.write(SIGNATURE);
      out.writeInt(0); // flags
      out.writeInt(0); // length of the header's extension
      for (NewTask task : tasks) {
        write(out, task, now);
      }
      out.writeShort(-1);
      out.flush();
      copy.endCopy();
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException known ? known : new SQLException(e);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    return tasks.stream().map(task -> new Stored(task.id(), now, due(task, now))).toList();
  }

  private Instant now() throws SQLException {
    return Database.query(connection, "SELECT now() AS now", row -> instant(row, "now")).getFirst();
  }

  private static Instant due(NewTask task, Instant now) {
    return switch (task.due()) {
      case Due.Now() -> now;
      case Due.After(Duration delay) -> now.plusMillis(delay.toMillis());
      case Due.At(Instant moment) -> moment.truncatedTo(ChronoUnit.MICROS);
    };
  }

  /// As `rank_in_line` of the database says it; absent while a task is not due.
  private static @Nullable Instant rank(NewTask task, Instant due, Instant now) {
    return due.isAfter(now) ? null : due.plus(Duration.ofHours(task.priority().rank() - 1L));
  }

  private static void write(DataOutputStream out, NewTask task, Instant now) throws IOException {
    Instant due = due(task, now);
    out.writeShort(COLUMNS);
    uuid(out, task.id().value());
    text(out, task.owner());
    text(out, task.type());
    text(out, task.params());
    text(out, task.queue());
    smallint(out, task.priority().rank());
    tags(out, task.tags());
    bigint(out, task.timeout().toMillis());
    smallint(out, task.maxRetries());
    text(out, task.traceId());
    moment(out, now);
    moment(out, due);
    text(out, task.concurrencyKey());
    uuid(out, task.batch());
    bigint(out, Lane.of(task.owner(), task.concurrencyKey()).number());
    moment(out, due);
    moment(out, task.ttl() == null ? null : due.plus(task.ttl()));
    moment(out, rank(task, due, now));
    moment(out, now);
  }

  private static void absent(DataOutputStream out) throws IOException {
    out.writeInt(-1);
  }

  private static void uuid(DataOutputStream out, @Nullable UUID value) throws IOException {
    if (value == null) {
      absent(out);
    } else {
      out.writeInt(2 * Long.BYTES);
      out.writeLong(value.getMostSignificantBits());
      out.writeLong(value.getLeastSignificantBits());
    }
  }

  private static void text(DataOutputStream out, @Nullable String value) throws IOException {
    if (value == null) {
      absent(out);
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static void smallint(DataOutputStream out, int value) throws IOException {
    out.writeInt(Short.BYTES);
    out.writeShort(value);
  }

  private static void bigint(DataOutputStream out, long value) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(value);
  }

  private static void moment(DataOutputStream out, @Nullable Instant value) throws IOException {
    if (value == null) {
      absent(out);
    } else {
      bigint(out, ChronoUnit.MICROS.between(EPOCH, value));
    }
  }

  /// An array of one dimension, without nulls, that begins at 1.
  private static void tags(DataOutputStream out, List<String> tags) throws IOException {
    if (tags.isEmpty()) {
      absent(out);
      return;
    }
    int length = 5 * Integer.BYTES;
    for (String tag : tags) {
      length += Integer.BYTES + tag.getBytes(StandardCharsets.UTF_8).length;
    }
    out.writeInt(length);
    out.writeInt(1); // dimensions
    out.writeInt(0); // no nulls
    out.writeInt(OID_OF_TEXT);
    out.writeInt(tags.size());
    out.writeInt(1); // the first element's number
    for (String tag : tags) {
      text(out, tag);
    }
  }
}
