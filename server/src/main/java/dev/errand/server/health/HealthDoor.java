package dev.errand.server.health;

import dev.errand.server.config.NodeRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/health`: for people, for supervisors and for load balancers. Open to everybody, so it says
/// little.
@RestController
public final class HealthDoor {
  private static final Logger log = LoggerFactory.getLogger(HealthDoor.class);

  private final NodeRole role;
  private final Supplier<List<HealthCheck>> checks;

  /// The names of what did not work when last asked.
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  /// @param checks those of all parts that run in this process
  public HealthDoor(NodeRole role, Supplier<List<HealthCheck>> checks) {
    this.role = role;
    this.checks = checks;
  }

  /// @param status `ok` or `unavailable`
  /// @param checks the same for each part
  public record HealthJson(String status, String role, Map<String, String> checks) {}

  @GetMapping({"/health", "/health/ready"})
  ResponseEntity<HealthJson> ready() {
    Map<String, String> found = new LinkedHashMap<>();
    checks.get().forEach(check -> found.put(check.name(), word(works(check))));
    boolean well = !found.containsValue(word(false));
    return ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new HealthJson(word(well), role.toString(), found));
  }

  /// What changes is told to those who read the log, too: a full disk shows nowhere else.
  private boolean works(HealthCheck check) {
    boolean works = check.works().getAsBoolean();
    if (!works && down.add(check.name())) {
      log.atWarn().addKeyValue("event", "part_unavailable").log("Unavailable: {}", check.name());
    } else if (works && down.remove(check.name())) {
      log.atInfo().addKeyValue("event", "part_available").log("Works again: {}", check.name());
    }
    return works;
  }

  /// The process runs and answers; anything else is no reason to restart it.
  @GetMapping("/health/live")
  HealthJson live() {
    return new HealthJson(word(true), role.toString(), Map.of());
  }

  private static String word(boolean well) {
    return well ? "ok" : "unavailable";
  }
}
