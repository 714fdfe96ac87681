package dev.errand.server.identity;

import dev.errand.engine.access.AuditLog;
import dev.errand.engine.access.AuditLog.Recorded;
import dev.errand.engine.access.Caller;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  AuditJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    caller.requireAdmin("The audit log");
    PageQuery query = PageQuery.of(parameters, caller, "actor", "action");
    List<Recorded> found =
        log.list(
            parameters.get("actor"),
            parameters.get("action"),
            query.after(AuditDoor::number),
            query.limit());
    Page<Recorded> page = Page.of(found, query, one -> String.valueOf(one.number()));
    return new AuditJson(page.shown(EntryJson::of), page.next());
  }

  private static Optional<Long> number(String cursor) {
    return NUMBER.matcher(cursor).matches() ? Optional.of(Long.valueOf(cursor)) : Optional.empty();
  }
}
