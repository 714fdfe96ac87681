package dev.errand.server.wiring;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.queue.Queues;
import dev.errand.engine.run.Runs;
import dev.errand.engine.schedule.Firing;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.schedule.Schedules;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.DeadLetters;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.Tasks;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.engine.webhook.Webhooks;
import dev.errand.handlers.research.SearchEngines;
import dev.errand.server.artifact.ArtifactUploadDoor;
import dev.errand.server.artifact.ArtifactsDoor;
import dev.errand.server.budget.BudgetsDoor;
import dev.errand.server.fetch.FetchDoor;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.limits.LimitsDoor;
import dev.errand.server.limits.SubmissionRate;
import dev.errand.server.openapi.OpenApiDoor;
import dev.errand.server.problem.ProblemResolver;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.queue.QueuesDoor;
import dev.errand.server.queue.WorkersDoor;
import dev.errand.server.research.ResearchDoor;
import dev.errand.server.research.SomethingToRead;
import dev.errand.server.run.RunsDoor;
import dev.errand.server.schedule.SchedulesDoor;
import dev.errand.server.search.SearchDoor;
import dev.errand.server.security.BrowserSessions;
import dev.errand.server.security.FrontDoor;
import dev.errand.server.task.BatchesDoor;
import dev.errand.server.task.DeadLettersDoor;
import dev.errand.server.task.ShortCut;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskRenderer;
import dev.errand.server.task.TasksDoor;
import dev.errand.server.webhook.WebhooksDoor;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The doors.
@Configuration(proxyBeanMethods = false)
public class Doors {
  @Bean
  Tasks tasks(TaskStore store, Handlers handlers, Json json, Limits limits, Signals signals) {
    return new Tasks(store, handlers, json, limits, signals);
  }

  @Bean
  TaskRenderer taskRenderer(
      Handlers handlers,
      Artifacts artifacts,
      Budgets budgets,
      WebhookStore webhooks,
      Limits limits,
      JsonMapper json) {
    return new TaskRenderer(handlers, artifacts, budgets, webhooks, limits.budgets().task(), json);
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
  FrontDoor frontDoor(BrowserSessions sessions) {
    return new FrontDoor(sessions);
  }

  @Bean
  OpenApiDoor openApiDoor(JsonMapper json) {
    return new OpenApiDoor(json);
  }

  @Bean
  TasksDoor tasksDoor(
      Tasks tasks,
      Submitting submitting,
      TaskRenderer renderer,
      JsonBodies bodies,
      JsonMapper json) {
    return new TasksDoor(tasks, submitting, renderer, bodies, json);
  }

  /// After those that guard.
  @Bean
  FilterRegistrationBean<ShortCut> shortCut(TasksDoor door, ProblemWriter problems) {
    FilterRegistrationBean<ShortCut> registration =
        Wiring.filter(7, new ShortCut(door, new ProblemResolver(problems)));
    registration.addUrlPatterns(ShortCut.PATH);
    return registration;
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
  SearchDoor searchDoor(Submitting submitting) {
    return new SearchDoor(submitting);
  }

  /// A server of other types may have no engines to search with.
  @Bean
  SomethingToRead somethingToRead(Optional<SearchEngines> engines) {
    return new SomethingToRead(() -> engines.isEmpty() || engines.get().available());
  }

  @Bean
  ResearchDoor researchDoor(Submitting submitting, SomethingToRead somethingToRead) {
    return new ResearchDoor(submitting, somethingToRead);
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
  WebhooksDoor webhooksDoor(Webhooks webhooks, JsonMapper json) {
    return new WebhooksDoor(webhooks, json);
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
  RunsDoor runsDoor(Runs runs, Tasks tasks) {
    return new RunsDoor(runs, tasks);
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
