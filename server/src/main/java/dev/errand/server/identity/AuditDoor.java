package dev.errand.server.identity;

import dev.errand.engine.access.AuditLog;
import dev.errand.engine.access.AuditLog.Recorded;
import dev.errand.engine.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /audit`: who did what, the newest first, for administrators.
@RestController
public final class AuditDoor {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final AuditLog log;

  public AuditDoor(AuditLog log) {
    this.log = log;
  }

  /// @param outcome `done` or `refused`
  public record EntryJson(
      long id,
      Instant at,
      String actor,
      String via,
      String action,
      @Nullable String target,
      String outcome,
      String address,
      @Nullable String detail) {
    static EntryJson of(Recorded recorded) {
      AuditLog.Entry entry = recorded.entry();
      return new EntryJson(
          recorded.number(),
          recorded.at(),
          entry.actor(),
          entry.via(),
          entry.action(),
          entry.target(),
          entry.done() ? "done" : "refused",
          entry.address(),
          entry.detail());
    }
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record AuditJson(List<EntryJson> entries, @Nullable String nextCursor) {}

  @GetMapping("/audit")
  AuditJson list(
      Caller caller,
      @RequestParam(name = "actor", required = false) @Nullable String actor,
      @RequestParam(name = "action", required = false) @Nullable String action,
      @RequestParam(name = "limit", required = false) @Nullable String limit,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
    caller.requireAdmin("The audit log");
    int size = Reading.pageSize(limit);
    List<Recorded> found = log.list(actor, action, number(cursor), size + 1);
    List<Recorded> page = found.stream().limit(size).toList();
    return new AuditJson(
        page.stream().map(EntryJson::of).toList(),
        found.size() > size ? String.valueOf(page.getLast().number()) : null);
  }

  private static @Nullable Long number(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    if (!NUMBER.matcher(cursor).matches()) {
      throw Reading.badCursor();
    }
    return Long.valueOf(cursor);
  }
}
