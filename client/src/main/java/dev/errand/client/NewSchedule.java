package dev.errand.client;

import tools.jackson.databind.node.ObjectNode;

/// A schedule to make, or to put in the place of another. What is not set, the server decides.
public final class NewSchedule {
  private final ObjectNode body = Json.object();

  private NewSchedule(String cron, Submission task) {
    body.put("cron", cron);
    body.setAll(task.body());
  }

  /// @param cron five fields, six with seconds first, or a macro such as `@daily`
  /// @param task what is submitted each time; delay, moment, key, time to live and budget are not
  ///   for schedules
  public static NewSchedule of(String cron, Submission task) {
    return new NewSchedule(cron, task);
  }

  public NewSchedule name(String name) {
    body.put("name", name);
    return this;
  }

  /// @param timeZone such as `Europe/Berlin`
  public NewSchedule timeZone(String timeZone) {
    body.put("time_zone", timeZone);
    return this;
  }

  /// @param overlap what becomes of a run while the one before goes on: one of `skip queue allow`
  public NewSchedule overlap(String overlap) {
    body.put("overlap", overlap);
    return this;
  }

  /// @param misfire what becomes of moments that nobody could fire at: one of `skip once`
  public NewSchedule misfire(String misfire) {
    body.put("misfire", misfire);
    return this;
  }

  public NewSchedule paused(boolean paused) {
    body.put("paused", paused);
    return this;
  }

  ObjectNode body() {
    return body;
  }
}
