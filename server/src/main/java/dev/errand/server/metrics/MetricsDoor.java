package dev.errand.server.metrics;

import dev.errand.engine.access.Caller;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /metrics`: what Prometheus scrapes.
@RestController
public final class MetricsDoor {
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final QueueTasks queueTasks;

  public MetricsDoor(PrometheusMeterRegistry registry, QueueTasks queueTasks) {
    this.registry = registry;
    this.queueTasks = queueTasks;
  }

  @GetMapping("/metrics")
  void scrape(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // Monitoring, which comes with a token of its own, is nobody.
    if (request.getAttribute(Caller.class.getName()) instanceof Caller caller) {
      caller.requireOperator("Reading metrics");
    }
    queueTasks.refresh();
    response.setContentType(FORMAT);
    registry.scrape(response.getOutputStream(), FORMAT);
  }
}
