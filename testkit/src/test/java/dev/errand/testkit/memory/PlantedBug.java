package dev.errand.testkit.memory;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskStore.Cancelled;
import dev.errand.engine.task.TaskStore.Retried;
import dev.errand.engine.task.TaskStore.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Mistakes that a store could make, each planted in the in-memory one.
enum PlantedBug {
  THE_TOKEN_IS_NOT_CHECKED {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        boolean holds(UUID token) {
          return holder() != null;
        }
      };
    }
  },

  A_TASK_IS_CLAIMED_TWICE {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(clock) {
        private final List<TaskRow> given = new ArrayList<>();
        private int claims;

        @Override
        Line.Look claimable(
            List<String> types, int limit, Line.Place last, Grip grip, Instant now) {
          Line.Look look = super.claimable(types, limit, last, grip, now);
          List<TaskRow> due = look.tasks();
          List<TaskRow> again =
              given.stream().filter(row -> row.holder() != null).limit(1).toList();
          given.addAll(due);
          return ++claims % 20 == 0
              ? new Line.Look(Stream.concat(again.stream(), due.stream()).toList(), look.end())
              : look;
        }
      };
    }
  },

  EVENTS_ARE_NUMBERED_WITH_A_GAP {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(
          task,
          now,
          new Trail() {
            @Override
            long number(int earlier) {
              return earlier < 7 ? earlier + 1L : earlier + 2L;
            }
          });
    }
  },

  AN_ATTEMPT_ENDS_TWICE {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        private @Nullable UUID latest;

        @Override
        void claim(InMemorySession session, Lease lease, Instant at) {
          super.claim(session, lease, at);
          latest = lease.token();
        }

        @Override
        boolean holds(UUID token) {
          return super.holds(token) || (holder() == null && token.equals(latest));
        }
      };
    }
  },

  AN_IDEMPOTENCY_KEY_IS_LOST {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(clock) {
        private int submitted;

        @Override
        Submitted submit(NewTask task, Instant now) {
          return super.submit(++submitted % 10 == 0 ? withoutKey(task) : task, now);
        }
      };
    }
  },

  A_KEY_IS_SHARED_BY_ALL_OWNERS {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(clock) {
        private final List<NewTask> keyed = new ArrayList<>();

        @Override
        Submitted submit(NewTask task, Instant now) {
          if (task.idempotency() == null) {
            return super.submit(task, now);
          }
          keyed.add(task);
          return keyed.stream()
              .filter(earlier -> !earlier.id().equals(task.id()))
              .filter(earlier -> Objects.equals(earlier.idempotency(), task.idempotency()))
              .findFirst()
              .<Submitted>map(earlier -> new Submitted.Known(earlier.id()))
              .orElseGet(() -> super.submit(task, now));
        }
      };
    }
  },

  RETRY_FORGETS_STEPS {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        Retried retry(Instant at) {
          Retried retried = super.retry(at);
          if (retried instanceof Retried.Queued) {
            steps().clear();
          }
          return retried;
        }
      };
    }
  },

  A_STEP_KEEPS_ITS_LAST_VALUE {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        void finishStep(String step, String value, Instant at) {
          steps().put(step, new Step(value, at));
        }
      };
    }
  },

  RESCUE_FORGETS_A_TASK {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(clock) {
        @Override
        List<TaskRow> lost() {
          List<TaskRow> lost = super.lost();
          return lost.size() > 2 ? lost.subList(0, lost.size() - 1) : lost;
        }
      };
    }
  },

  A_TASK_MAY_LOSE_ONE_WORKER_TOO_MANY {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        boolean tooOften(int losses) {
          return super.tooOften(losses - 1);
        }
      };
    }
  },

  CANCEL_ENDS_A_RUNNING_TASK_AT_ONCE {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        Cancelled cancel(Instant at) {
          if (holder() == null) {
            return super.cancel(at);
          }
          end(new Outcome.Cancelled(), at);
          return new Cancelled.Ended();
        }
      };
    }
  },

  A_REQUEST_TO_CANCEL_DOES_NOT_PREVENT_ANOTHER_ATTEMPT {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        Outcome decided(Outcome outcome) {
          return outcome;
        }
      };
    }
  },

  PRIORITY_IS_IGNORED {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        Instant rank() {
          return dueAt();
        }
      };
    }
  },

  TASKS_ARE_CLAIMED_BEFORE_THEY_ARE_DUE {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(clock) {
        @Override
        Line.Look claimable(
            List<String> types, int limit, Line.Place last, Grip grip, Instant now) {
          return super.claimable(types, limit, last, grip, now.plus(Duration.ofHours(1)));
        }
      };
    }
  },

  DELAYS_ARE_IGNORED {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return super.row(task.due() instanceof Due.After ? dueNow(task) : task, now);
    }
  },

  PROGRESS_IS_NOT_SHOWN {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(task, now, new Trail()) {
        @Override
        void append(NewEvent event, Instant at) {
          if (event instanceof NewEvent.Progress(_, var message)) {
            super.append(new NewEvent.Progress(0, message), at);
          } else {
            super.append(event, at);
          }
        }
      };
    }
  },

  AN_ARTIFACT_IS_NOT_REPLACED {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(clock) {
        @Override
        Artifact put(Artifact artifact) {
          add(artifact);
          return artifact;
        }
      };
    }
  },

  A_QUEUE_RUNS_MORE_THAN_ITS_LIMIT {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(
          clock,
          new Line() {
            @Override
            int room(String queue, Collection<TaskRow> running) {
              int room = super.room(queue, running);
              return room == 0 && !running.isEmpty() ? 1 : room;
            }
          });
    }
  },

  A_CONCURRENCY_KEY_IS_IGNORED {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(
          clock,
          new Line() {
            @Override
            int keyRoom(TaskRow first, Place place, Collection<TaskRow> running) {
              return Integer.MAX_VALUE;
            }
          });
    }
  },

  A_PAUSE_IS_FORGOTTEN {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(
          clock,
          new Line() {
            @Override
            void pause(String queue, boolean now) {
              super.pause(queue, false);
            }
          });
    }
  },

  LANES_TAKE_NO_TURNS {
    @Override
    Rows planted(InstantSource clock) {
      return new BuggyRows(
          clock,
          new Line() {
            @Override
            Look next(
                List<TaskRow> due,
                Collection<TaskRow> running,
                int limit,
                Place last,
                Reach reach) {
              return super.next(due, running, limit, Place.FIRST, reach);
            }
          });
    }
  },

  A_COMPLETED_ATTEMPT_IS_CALLED_LOST {
    @Override
    TaskRow row(NewTask task, Instant now) {
      return new TaskRow(
          task,
          now,
          new Trail() {
            @Override
            void attemptEnded(String outcome, @Nullable TaskError error, Instant at) {
              super.attemptEnded(outcome.equals("completed") ? "lost" : outcome, error, at);
            }
          });
    }
  };

  /// The state of an in-memory store with this bug.
  Rows planted(InstantSource clock) {
    return new BuggyRows(clock);
  }

  TaskRow row(NewTask task, Instant now) {
    return new TaskRow(task, now, new Trail());
  }

  private static NewTask dueNow(NewTask task) {
    return changed(task, new Due.Now(), task.idempotency());
  }

  private static NewTask withoutKey(NewTask task) {
    return changed(task, task.due(), null);
  }

  private static NewTask changed(NewTask task, Due due, NewTask.@Nullable Idempotency idempotency) {
    return new NewTask(
        task.id(),
        task.owner(),
        task.type(),
        task.params(),
        task.queue(),
        task.priority(),
        task.timeout(),
        task.maxRetries(),
        due,
        task.tags(),
        task.traceId(),
        task.concurrencyKey(),
        task.ttl(),
        task.budget(),
        task.batch(),
        idempotency,
        task.callbackUrl());
  }

  class BuggyRows extends Rows {
    BuggyRows(InstantSource clock) {
      super(clock);
    }

    BuggyRows(InstantSource clock, Line line) {
      super(clock, line);
    }

    @Override
    TaskRow newRow(NewTask task, Instant now) {
      return row(task, now);
    }
  }
}
