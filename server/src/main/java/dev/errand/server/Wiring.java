package dev.errand.server;

import dev.errand.embeddings.MiniLm;
import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Settler;
import dev.errand.engine.event.Follower;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.queue.Queues;
import dev.errand.engine.retention.Pruner;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.Scheduler;
import dev.errand.engine.schedule.Schedules;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.DeadLetters;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.Tasks;
import dev.errand.engine.worker.Expirer;
import dev.errand.engine.worker.Rescuer;
import dev.errand.engine.worker.Worker;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.engine.worker.Workshop;
import dev.errand.handlers.basic.EchoHandler;
import dev.errand.handlers.basic.SleepHandler;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.FetchHandler;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.ResearchHandler;
import dev.errand.handlers.research.WebPages;
import dev.errand.postgres.HistoryPartitions;
import dev.errand.postgres.OpenTasksVacuum;
import dev.errand.postgres.PostgresArtifacts;
import dev.errand.postgres.PostgresBudgets;
import dev.errand.postgres.PostgresHistory;
import dev.errand.postgres.PostgresLeases;
import dev.errand.postgres.PostgresQueues;
import dev.errand.postgres.PostgresRates;
import dev.errand.postgres.PostgresRetention;
import dev.errand.postgres.PostgresSchedules;
import dev.errand.postgres.PostgresSignals;
import dev.errand.postgres.PostgresTasks;
import dev.errand.postgres.PostgresWorkers;
import dev.errand.server.artifact.ArtifactUploadDoor;
import dev.errand.server.artifact.ArtifactsDoor;
import dev.errand.server.budget.BudgetsDoor;
import dev.errand.server.config.Role;
import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import dev.errand.server.database.Database;
import dev.errand.server.database.PartitionsAhead;
import dev.errand.server.event.EventsDoor;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.event.LogDoor;
import dev.errand.server.fetch.FetchDoor;
import dev.errand.server.health.HealthCheck;
import dev.errand.server.health.HealthDoor;
import dev.errand.server.http.Mvc;
import dev.errand.server.http.Tomcat;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.json.WireJson;
import dev.errand.server.limits.LimitsDoor;
import dev.errand.server.limits.SubmissionRate;
import dev.errand.server.metrics.MeasuredHandler;
import dev.errand.server.metrics.MeasuredHandover;
import dev.errand.server.metrics.MeasuredLeases;
import dev.errand.server.metrics.MeasuredTasks;
import dev.errand.server.metrics.Meters;
import dev.errand.server.metrics.MetricsDoor;
import dev.errand.server.metrics.QueueTasks;
import dev.errand.server.metrics.RequestTimer;
import dev.errand.server.metrics.TaskMeters;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.queue.QueuesDoor;
import dev.errand.server.queue.WorkersDoor;
import dev.errand.server.research.ResearchDoor;
import dev.errand.server.schedule.SchedulesDoor;
import dev.errand.server.security.AdminToken;
import dev.errand.server.security.Authentication;
import dev.errand.server.security.BrowserSessions;
import dev.errand.server.security.FrontDoor;
import dev.errand.server.security.HostGuard;
import dev.errand.server.security.ScrapeGuard;
import dev.errand.server.security.SecurityHeaders;
import dev.errand.server.task.BatchesDoor;
import dev.errand.server.task.DeadLettersDoor;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskRenderer;
import dev.errand.server.task.TasksDoor;
import dev.errand.server.trace.TraceFilter;
import dev.errand.storage.filesystem.FilesystemStorage;
import io.micrometer.core.instrument.Gauge;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/// The one place where everything is put together: every part is made here, with `new`, from the
/// parts it names.
public final class Wiring {
  private Wiring() {}

  /// What a server of `role` consists of.
  static List<Class<?>> partsFor(Role role) {
    return switch (role) {
      case ALL ->
          List.of(
              Web.class,
              Stores.class,
              Types.class,
              Engine.class,
              Doors.class,
              Rhythms.class,
              Tempo.class,
              Work.class);
      case API ->
          List.of(Web.class, Stores.class, Types.class, Engine.class, Doors.class, Rhythms.class);
      case WORKER ->
          List.of(
              Web.class,
              Stores.class,
              Types.class,
              Engine.class,
              Rhythms.class,
              Tempo.class,
              Work.class);
    };
  }

  /// HTTP as such.
  @Configuration(proxyBeanMethods = false)
  @Import(Mvc.class)
  static class Web {
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
      return Tomcat.factory(settings.http(), problems);
    }

    @Bean
    DispatcherServlet dispatcher() {
      return new DispatcherServlet();
    }

    /// Made ready before anybody can ask: a first request that meets a shutdown would do so too
    /// late.
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
      return filter(0, new RequestTimer(meters.registry()));
    }

    @Bean
    FilterRegistrationBean<TraceFilter> trace() {
      return filter(1, new TraceFilter());
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
      return filter(2, new SecurityHeaders());
    }

    @Bean
    FilterRegistrationBean<HostGuard> hostGuard(Settings settings, ProblemWriter problems) {
      return filter(3, new HostGuard(settings.http(), problems));
    }

    @Bean
    FilterRegistrationBean<ScrapeGuard> scrapeGuard(Settings settings, ProblemWriter problems) {
      FilterRegistrationBean<ScrapeGuard> guard =
          filter(4, new ScrapeGuard(settings.scrapes(), settings.role(), problems));
      guard.addUrlPatterns("/metrics");
      return guard;
    }

    @Bean
    HealthDoor health(Settings settings, ObjectProvider<HealthCheck> checks) {
      return new HealthDoor(settings.role(), () -> checks.stream().toList());
    }
  }

  /// Where everything is kept.
  @Configuration(proxyBeanMethods = false)
  static class Stores {
    @Bean
    PostgresTasks postgresTasks(Database database, TaskMeters meters) {
      PostgresTasks tasks = new PostgresTasks(database.connections());
      tasks.handOverTo(new MeasuredHandover(Handover.NOBODY, meters));
      return tasks;
    }

    @Bean
    @Primary
    TaskStore taskStore(PostgresTasks tasks, TaskMeters meters) {
      return new MeasuredTasks(tasks, meters);
    }

    @Bean
    History history(Database database) {
      return new PostgresHistory(database.connections());
    }

    @Bean
    Leases leases(Database database, TaskMeters meters) {
      return new MeasuredLeases(
          new PostgresLeases(database.connections(), database.sessions()), meters);
    }

    @Bean
    QueueStore queueStore(Database database) {
      return new PostgresQueues(database.connections());
    }

    @Bean
    Rates rates(Database database) {
      return new PostgresRates(database.connections());
    }

    @Bean
    Workers workers(Database database) {
      return new PostgresWorkers(database.connections());
    }

    @Bean
    ArtifactStore artifactStore(Database database) {
      return new PostgresArtifacts(database.connections());
    }

    @Bean
    ScheduleStore scheduleStore(Database database) {
      return new PostgresSchedules(database.connections());
    }

    @Bean
    Budgets budgets(Database database) {
      return new PostgresBudgets(database.connections());
    }

    @Bean
    ArtifactStorage artifactStorage(Settings settings) {
      try {
        return new FilesystemStorage(settings.artifacts());
      } catch (IOException e) {
        throw new DataDirectory.Unusable(
            "The artifact directory %s cannot be used (%s). Choose another one with ERRAND_ARTIFACT_DIR, or give it to this user."
                .formatted(settings.artifacts(), e));
      }
    }

    @Bean
    PostgresSignals signals(Database database) {
      return PostgresSignals.start(database.sessions());
    }

    @Bean
    RetentionStore retentionStore(Database database) {
      return new PostgresRetention(database.connections());
    }

    @Bean
    PartitionsAhead partitionsAhead(Database database) {
      return PartitionsAhead.start(new HistoryPartitions(database.connections()));
    }

    @Bean
    HealthCheck signalsCheck(PostgresSignals signals) {
      return new HealthCheck("signals", signals::healthy);
    }

    @Bean
    HealthCheck partitionsCheck(PartitionsAhead partitions) {
      return new HealthCheck("partitions", partitions::healthy);
    }

    @Bean
    HealthCheck diskCheck(DataDirectory data) {
      return new HealthCheck("disk", data::hasSpace);
    }

    @Bean
    HealthCheck databaseCheck(Database database) {
      return new HealthCheck("database", database::answers);
    }
  }

  /// Every type of task.
  @Configuration(proxyBeanMethods = false)
  public static class Types {
    /// Adding a type is one line here.
    @Bean
    Handlers handlers(FetchClient web, Reader reader, ResearchHandler research) {
      return new Handlers(
          List.of(new EchoHandler(), new SleepHandler(), new FetchHandler(web, reader), research));
    }

    @Bean
    Reader reader() {
      return new Reader();
    }

    @Bean(destroyMethod = "close")
    FetchClient web(Settings settings) {
      return new FetchClient(settings.fetch());
    }

    @Bean
    ResearchHandler research(
        DataDirectory data, Reader reader, FetchClient web, Json json, InstantSource clock) {
      Path index = data.path().resolve("index");
      Path model = data.path().resolve("model");
      return new ResearchHandler(
          new Corpora(index, reader),
          // Only administrators may name folders.
          List.of(Path.of("/")),
          new WebPages(web, clock),
          Optional.of(new Vectors(index, new MiniLm(model))),
          json);
    }
  }

  /// What decides.
  @Configuration(proxyBeanMethods = false)
  static class Engine {
    @Bean
    InstantSource clock() {
      return InstantSource.system();
    }

    @Bean
    Limits limits(Settings settings) {
      return settings.limits();
    }

    @Bean
    Json handlerJson() {
      return new JacksonJson();
    }

    @Bean
    Artifacts artifacts(
        ArtifactStore store, ArtifactStorage storage, Limits limits, InstantSource clock) {
      return new Artifacts(store, storage, limits, clock);
    }

    @Bean
    Firing firing(ScheduleStore schedules, TaskStore tasks, Signals signals) {
      return new Firing(schedules, tasks, signals);
    }
  }

  /// The doors, and who may come in.
  @Configuration(proxyBeanMethods = false)
  static class Doors {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    @Bean
    BrowserSessions browserSessions(InstantSource clock) {
      return new BrowserSessions(clock);
    }

    @Bean
    FilterRegistrationBean<Authentication> authentication(
        AdminToken token, BrowserSessions sessions, ProblemWriter problems) {
      return filter(5, new Authentication(token, sessions, problems));
    }

    @Bean
    Tasks tasks(TaskStore store, Handlers handlers, Json json, Limits limits, Signals signals) {
      return new Tasks(store, handlers, json, limits, signals);
    }

    @Bean
    TaskRenderer taskRenderer(
        Handlers handlers, Artifacts artifacts, Budgets budgets, Limits limits, JsonMapper json) {
      return new TaskRenderer(handlers, artifacts, budgets, limits.budgets().task(), json);
    }

    @Bean
    SubmissionRate submissionRate(Limits limits, Rates rates) {
      return new SubmissionRate(limits, rates);
    }

    @Bean
    Submitting submitting(Tasks tasks, TaskRenderer renderer, SubmissionRate rate) {
      return new Submitting(tasks, renderer, rate);
    }

    @Bean
    LiveStreams liveStreams() {
      return new LiveStreams(KEEP_ALIVE);
    }

    @Bean
    Follower follower(History history, TaskStore store, Signals signals) {
      return new Follower(history, store, signals);
    }

    @Bean
    FrontDoor frontDoor(BrowserSessions sessions) {
      return new FrontDoor(sessions);
    }

    @Bean
    TasksDoor tasksDoor(Tasks tasks, Submitting submitting, TaskRenderer renderer) {
      return new TasksDoor(tasks, submitting, renderer);
    }

    @Bean
    BatchesDoor batchesDoor(Tasks tasks, SubmissionRate rate, JsonBodies bodies) {
      return new BatchesDoor(tasks, rate, bodies);
    }

    @Bean
    DeadLettersDoor deadLettersDoor(TaskStore store, Signals signals, TaskRenderer renderer) {
      return new DeadLettersDoor(new DeadLetters(store, signals), renderer);
    }

    @Bean
    QueuesDoor queuesDoor(QueueStore queues, Signals signals) {
      return new QueuesDoor(new Queues(queues, signals));
    }

    @Bean
    WorkersDoor workersDoor(Workers workers) {
      return new WorkersDoor(workers);
    }

    @Bean
    FetchDoor fetchDoor(Submitting submitting) {
      return new FetchDoor(submitting);
    }

    @Bean
    ResearchDoor researchDoor(Submitting submitting) {
      return new ResearchDoor(submitting);
    }

    @Bean
    Schedules schedules(ScheduleStore store, Tasks tasks, Firing firing) {
      return new Schedules(store, tasks, firing);
    }

    @Bean
    SchedulesDoor schedulesDoor(Schedules schedules, SubmissionRate rate, JsonMapper json) {
      return new SchedulesDoor(schedules, rate, json);
    }

    @Bean
    EventsDoor eventsDoor(
        Tasks tasks, History history, Follower follower, LiveStreams streams, JsonMapper json) {
      return new EventsDoor(tasks, history, follower, streams, json);
    }

    @Bean
    LogDoor logDoor(
        Tasks tasks, History history, Follower follower, LiveStreams streams, JsonMapper json) {
      return new LogDoor(tasks, history, follower, streams, json);
    }

    @Bean
    ArtifactsDoor artifactsDoor(Artifacts artifacts) {
      return new ArtifactsDoor(artifacts);
    }

    @Bean
    ArtifactUploadDoor artifactUploadDoor(
        Tasks tasks, Artifacts artifacts, JsonBodies bodies, Limits limits) {
      return new ArtifactUploadDoor(tasks, artifacts, bodies, limits);
    }

    @Bean
    LimitsDoor limitsDoor(Limits limits) {
      return new LimitsDoor(limits);
    }

    @Bean
    BudgetsDoor budgetsDoor(Budgets budgets, Limits limits) {
      return new BudgetsDoor(budgets, limits);
    }
  }

  /// What happens by itself, on every node.
  @Configuration(proxyBeanMethods = false)
  static class Rhythms {
    @Bean
    Scheduler scheduler(ScheduleStore schedules, Firing firing) {
      return Scheduler.start(schedules, firing);
    }

    @Bean
    HealthCheck schedulerCheck(Scheduler scheduler) {
      return new HealthCheck("scheduler", scheduler::healthy);
    }

    @Bean
    Expirer expirer(TaskStore tasks, Signals signals) {
      return Expirer.start(tasks, signals);
    }

    @Bean
    HealthCheck expirerCheck(Expirer expirer) {
      return new HealthCheck("expirer", expirer::healthy);
    }

    @Bean
    Settler settler(Budgets budgets) {
      return Settler.start(budgets, Settler.EVERY);
    }

    @Bean
    HealthCheck budgetsCheck(Settler settler) {
      return new HealthCheck("budgets", settler::healthy);
    }

    @Bean
    Pruner pruner(RetentionStore store, ArtifactStorage storage, Settings settings) {
      return Pruner.start(store, storage, settings.retention(), Pruner.FIRST, Pruner.EVERY);
    }

    @Bean
    HealthCheck retentionCheck(Pruner pruner) {
      return new HealthCheck("retention", pruner::healthy);
    }
  }

  /// How tasks are run.
  @Configuration(proxyBeanMethods = false)
  public static class Tempo {
    @Bean
    WorkerConfig workerConfig() {
      return WorkerConfig.DEFAULTS;
    }
  }

  /// What runs tasks.
  @Configuration(proxyBeanMethods = false)
  static class Work {
    @Bean
    Worker worker(
        WorkerConfig config,
        PostgresTasks tasks,
        Leases leases,
        Handlers handlers,
        Json json,
        Artifacts artifacts,
        Budgets budgets,
        Limits limits,
        Signals signals,
        InstantSource clock,
        TaskMeters meters) {
      String name = "pid " + ProcessHandle.current().pid();
      Worker worker =
          Worker.start(
              name,
              config,
              new Workshop(
                  leases,
                  MeasuredHandler.all(handlers, meters),
                  json,
                  artifacts,
                  budgets,
                  limits.budgets(),
                  signals,
                  clock));
      tasks.handOverTo(new MeasuredHandover(worker, meters));
      return worker;
    }

    @Bean
    Rescuer rescuer(Leases leases, Signals signals, Worker worker) {
      return Rescuer.start(leases, signals, worker::hears);
    }

    @Bean
    OpenTasksVacuum vacuum(Database database) {
      return OpenTasksVacuum.start(database.connections(), database.patientSessions());
    }

    @Bean
    HealthCheck vacuumCheck(OpenTasksVacuum vacuum) {
      return new HealthCheck("vacuum", vacuum::healthy);
    }

    @Bean
    HealthCheck workerCheck(Worker worker) {
      return new HealthCheck("worker", worker::healthy);
    }

    @Bean
    HealthCheck rescuerCheck(Rescuer rescuer) {
      return new HealthCheck("rescuer", rescuer::healthy);
    }
  }

  private static <F extends Filter> FilterRegistrationBean<F> filter(int order, F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }
}
