package dev.errand.server.wiring;

import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.worker.Worker;
import dev.errand.server.config.Settings;
import dev.errand.server.database.Database;
import dev.errand.server.health.HealthCheck;
import dev.errand.server.health.HealthDoor;
import dev.errand.server.http.Mvc;
import dev.errand.server.http.Tomcat;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.json.WireJson;
import dev.errand.server.metrics.Meters;
import dev.errand.server.metrics.MetricsDoor;
import dev.errand.server.metrics.QueueTasks;
import dev.errand.server.metrics.RequestTimer;
import dev.errand.server.metrics.TaskMeters;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.security.HostGuard;
import dev.errand.server.security.ScrapeGuard;
import dev.errand.server.security.SecurityHeaders;
import dev.errand.server.trace.TraceFilter;
import io.micrometer.core.instrument.Gauge;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/// HTTP as such.
@Configuration(proxyBeanMethods = false)
@Import(Mvc.class)
public class Web {
  @Bean
  JsonMapper json() {
    return WireJson.mapper(Integer.MAX_VALUE);
  }

  @Bean
  JsonBodies bodies() {
    return new JsonBodies(WireJson.mapper((int) JsonBodies.MAX_BYTES));
  }

  @Bean
  ProblemWriter problems(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  TomcatServletWebServerFactory tomcat(Settings settings, ProblemWriter problems) {
    return Tomcat.factory(settings.http(), settings.access().proxies(), problems);
  }

  @Bean
  DispatcherServlet dispatcher() {
    return new DispatcherServlet();
  }

  /// Made ready before anybody can ask: a first request that meets a shutdown would do so too late.
  @Bean
  ServletRegistrationBean<DispatcherServlet> dispatching(DispatcherServlet dispatcher) {
    ServletRegistrationBean<DispatcherServlet> registration =
        new ServletRegistrationBean<>(dispatcher, "/");
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean
  Meters meters(Database database) {
    return new Meters(database);
  }

  @Bean
  MetricsDoor metrics(
      Meters meters, List<HealthCheck> checks, QueueStore queues, ObjectProvider<Worker> worker) {
    checks.forEach(meters::watch);
    worker.ifAvailable(here ->
        Gauge.builder("errand.attempts.running", here, Worker::running)
            .register(meters.registry()));
    return new MetricsDoor(meters.registry(), new QueueTasks(queues, meters.registry()));
  }

  @Bean
  TaskMeters taskMeters(Meters meters, Handlers handlers) {
    return new TaskMeters(meters.registry(), handlers.types());
  }

  @Bean
  FilterRegistrationBean<RequestTimer> requestTimer(Meters meters) {
    return Wiring.filter(0, new RequestTimer(meters.registry()));
  }

  @Bean
  FilterRegistrationBean<TraceFilter> trace() {
    return Wiring.filter(1, new TraceFilter());
  }

  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    return Wiring.filter(2, new SecurityHeaders());
  }

  @Bean
  FilterRegistrationBean<HostGuard> hostGuard(Settings settings, ProblemWriter problems) {
    return Wiring.filter(3, new HostGuard(settings.http(), problems));
  }

  @Bean
  FilterRegistrationBean<ScrapeGuard> scrapeGuard(Settings settings, ProblemWriter problems) {
    FilterRegistrationBean<ScrapeGuard> guard =
        Wiring.filter(4, new ScrapeGuard(settings.scrapes(), settings.role(), problems));
    guard.addUrlPatterns("/metrics");
    return guard;
  }

  @Bean
  HealthDoor health(Settings settings, ObjectProvider<HealthCheck> checks) {
    return new HealthDoor(settings.role(), () -> checks.stream().toList());
  }
}
