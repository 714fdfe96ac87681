package dev.errand.server.security;

import dev.errand.engine.access.AuditLog;
import dev.errand.engine.access.AuditLog.Entry;
import dev.errand.engine.task.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who did what. What was done stays done when it cannot be written down: then it is in
/// the server's log instead.
public final class Audit {
  private static final Logger logger = LoggerFactory.getLogger(Audit.class);
  private static final int MAX_TEXT = 300;

  private final AuditLog log;

  public Audit(AuditLog log) {
    this.log = log;
  }

  /// Something was done.
  public void done(
      HttpServletRequest request, String action, @Nullable String target, @Nullable String detail) {
    record(request, new What(action, target, detail), true);
  }

  /// Something was refused or failed.
  public void refused(
      HttpServletRequest request, String action, @Nullable String target, @Nullable String detail) {
    record(request, new What(action, target, detail), false);
  }

  private record What(String action, @Nullable String target, @Nullable String detail) {}

  private void record(HttpServletRequest request, What what, boolean done) {
    Optional<Identity> identity =
        Optional.ofNullable((Identity) request.getAttribute(Identity.class.getName()));
    Entry entry =
        new Entry(
            identity.map(Identity::user).orElse(what.target() == null ? "unknown" : what.target()),
            identity.map(known -> known.via().toString()).orElse("none"),
            what.action(),
            shortened(what.target()),
            done,
            request.getRemoteAddr(),
            shortened(what.detail()));
    try {
      log.record(entry);
    } catch (StoreUnavailable e) {
      logger
          .atError()
          .addKeyValue("event", "audit_not_recorded")
          .addKeyValue("actor", entry.actor())
          .addKeyValue("action", entry.action())
          .addKeyValue("target", entry.target())
          .addKeyValue("done", entry.done())
          .addKeyValue("address", entry.address())
          .log("An entry of the audit log could not be stored: {}", e.getMessage());
    }
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
