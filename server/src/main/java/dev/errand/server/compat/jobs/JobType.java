package dev.errand.server.compat.jobs;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What this door can be asked for; each is a type of task.
enum JobType {
  GENERATE_MEDIA_PLAN("media_plan"),
  GENERATE_BRAND_KIT("brand_kit"),
  AUTO_GENERATE_PERSONAS("personas");

  private final String taskType;

  JobType(String taskType) {
    this.taskType = taskType;
  }

  String taskType() {
    return taskType;
  }

  static Optional<JobType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.name().equals(word)).findFirst();
  }

  static Optional<JobType> ofTask(String taskType) {
    return Arrays.stream(values()).filter(type -> type.taskType.equals(taskType)).findFirst();
  }

  static String known() {
    return Arrays.stream(values()).map(JobType::name).collect(Collectors.joining(", "));
  }
}
