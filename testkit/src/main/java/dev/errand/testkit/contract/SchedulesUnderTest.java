package dev.errand.testkit.contract;

import dev.errand.engine.schedule.ScheduleStore;

/// Stores among which is one of schedules; it lives in the same time as the others.
public interface SchedulesUnderTest extends StoreUnderTest {

  ScheduleStore schedules();
}
