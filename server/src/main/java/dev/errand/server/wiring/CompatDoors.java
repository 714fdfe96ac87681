package dev.errand.server.wiring;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.event.History;
import dev.errand.engine.schedule.Schedules;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.task.Tasks;
import dev.errand.server.compat.blog.BlogDoor;
import dev.errand.server.compat.celery.ResearchStatusDoor;
import dev.errand.server.compat.celery.ResearchStatuses;
import dev.errand.server.compat.jobs.JobsDoor;
import dev.errand.server.compat.push.PublicAddress;
import dev.errand.server.compat.push.PushedTasks;
import dev.errand.server.compat.push.QStashSignatures;
import dev.errand.server.compat.researches.InfiniteResearchesDoor;
import dev.errand.server.compat.researches.OneTimeResearchesDoor;
import dev.errand.server.config.Settings;
import dev.errand.server.event.LiveStates;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.security.TaskTokens;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskRenderer;
import dev.errand.server.task.TaskWaiter;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Doors for those who come from other systems: their paths, their words, our tasks.
@Configuration(proxyBeanMethods = false)
public class CompatDoors {
  /// Less than the ten minutes that Cloud Tasks and QStash wait for an answer.
  private static final Duration PUSH = Duration.ofMinutes(9);

  @Bean
  TaskWaiter waiter(TaskStore store, Signals signals) {
    return new TaskWaiter(store, signals);
  }

  @Bean
  PublicAddress publicAddress(Settings settings) {
    return new PublicAddress(settings.push().publicAddress());
  }

  @Bean
  PushedTasks pushedTasks(
      TaskTokens tokens,
      TaskWaiter waiter,
      Signals signals,
      LiveStreams streams,
      InstantSource clock) {
    return new PushedTasks(tokens, waiter, signals, streams, clock, PUSH);
  }

  @Bean
  QStashSignatures qstashSignatures(Settings settings, PublicAddress address, InstantSource clock) {
    return new QStashSignatures(settings.push().qstashKeys(), address, clock);
  }

  @Bean
  OneTimeResearchesDoor oneTimeResearchesDoor(
      Tasks tasks,
      Submitting submitting,
      PushedTasks pushed,
      PublicAddress address,
      JsonMapper json) {
    return new OneTimeResearchesDoor(tasks, submitting, pushed, address, json);
  }

  @Bean
  InfiniteResearchesDoor infiniteResearchesDoor(
      Schedules schedules, TaskStore tasks, PublicAddress address, JsonMapper json) {
    return new InfiniteResearchesDoor(schedules, tasks, address, json);
  }

  @Bean
  ResearchStatusDoor researchStatusDoor(
      Tasks tasks,
      Submitting submitting,
      History history,
      Artifacts artifacts,
      PublicAddress address,
      LiveStates live,
      JsonMapper json) {
    return new ResearchStatusDoor(
        tasks, submitting, new ResearchStatuses(history, artifacts, json), address, live, json);
  }

  @Bean
  JobsDoor jobsDoor(
      Tasks tasks,
      Submitting submitting,
      TaskRenderer renderer,
      PushedTasks pushed,
      QStashSignatures signatures,
      JsonBodies bodies,
      JsonMapper json) {
    return new JobsDoor(tasks, submitting, renderer, pushed, signatures, bodies, json);
  }

  @Bean
  BlogDoor blogDoor(
      Tasks tasks,
      Submitting submitting,
      TaskRenderer renderer,
      TaskWaiter waiter,
      LiveStreams streams,
      PushedTasks pushed,
      JsonBodies bodies,
      Settings settings,
      InstantSource clock) {
    return new BlogDoor(
        tasks,
        submitting,
        renderer,
        new BlogDoor.Waiting(waiter, streams, settings.blogWait()),
        pushed,
        bodies,
        settings.limits(),
        clock);
  }
}
