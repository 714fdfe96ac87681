package dev.errand.server.health;

import dev.errand.server.config.NodeRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/health`: for people, for supervisors and for load balancers. Open to everybody, so it says
/// little.
@RestController
public final class HealthDoor {
  private final NodeRole role;
  private final Supplier<List<HealthCheck>> checks;

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
    checks.get().forEach(check -> found.put(check.name(), word(check.works().getAsBoolean())));
    boolean well = !found.containsValue(word(false));
    return ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new HealthJson(word(well), role.toString(), found));
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
