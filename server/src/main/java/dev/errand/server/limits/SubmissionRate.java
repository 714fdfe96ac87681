package dev.errand.server.limits;

import dev.errand.engine.access.Caller;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How many tasks a user may submit a minute (`TASKS_PER_MINUTE`), over all nodes.
///
/// A minute begins with its first submission; no more than the limit are let through in it,
/// whichever nodes they come by. A node takes a hundredth of the limit at a time from the store, so
/// that below a limit of 200 every submission asks and a busy node seldom does; what it took and
/// did not use is lost with the minute. Thread-safe.
public final class SubmissionRate {
  private static final int BLOCKS_A_MINUTE = 100;

  /// How long a submission waits while another one of its user asks the store.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// The ends of one minute, as two calls tell them, differ by no more than a slow answer; those of
  /// two minutes by a minute.
  private static final long SAME_MINUTE = Duration.ofSeconds(30).toNanos();

  private final int tasksPerMinute;
  private final int block;
  private final Rates rates;
  private final LongSupplier nanoTime;
  private final Map<String, Share> byUser = new ConcurrentHashMap<>();

  public SubmissionRate(Limits limits, Rates rates) {
    this(limits, rates, System::nanoTime);
  }

  SubmissionRate(Limits limits, Rates rates, LongSupplier nanoTime) {
    this.tasksPerMinute = limits.tasksPerMinute();
    this.block = Math.max(1, tasksPerMinute / BLOCKS_A_MINUTE);
    this.rates = rates;
    this.nanoTime = nanoTime;
  }

  /// Counts one submission of `caller`.
  ///
  /// @throws Problem.Refused when it is one too many
  public void count(Caller caller) {
    count(caller, 1);
  }

  /// Counts `tasks` that `caller` submits together: all of them or none.
  ///
  /// @throws Problem.Refused when they are too many
  public void count(Caller caller, int tasks) {
    if (tasks > tasksPerMinute) {
      throw new Problem.BatchBeyondRate(tasksPerMinute).refused();
    }
    byUser.computeIfAbsent(caller.user(), Share::new).take(tasks);
  }

  /// What this node may still let through of one user's minute.
  private final class Share {
    private final String user;
    private final ReentrantLock lock = new ReentrantLock();
    private int left;
    private boolean exhausted;
    private long endsAt = nanoTime.getAsLong();

    Share(String user) {
      this.user = user;
    }

    void take(int tasks) {
      if (!locked()) {
        throw new Problem.Unavailable(PATIENCE).refused();
      }
      try {
        takeAlone(tasks);
      } finally {
        lock.unlock();
      }
    }

    private boolean locked() {
      try {
        return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private void takeAlone(int tasks) {
      long now = nanoTime.getAsLong();
      if (now - endsAt >= 0) {
        left = 0;
        exhausted = false;
      }
      boolean more = !exhausted;
      while (left < tasks && more) {
        more = takeBlock(tasks - left, now);
      }
      if (left < tasks) {
        throw new Problem.RateLimited(Duration.ofNanos(endsAt - now)).refused();
      }
      left -= tasks;
    }

    /// @param before some moment before the store looks at its clock
    /// @return whether anything was granted
    private boolean takeBlock(int need, long before) {
      Rates.Grant grant = rates.take(user, need, Math.max(need, block), tasksPerMinute);
      long ends = before + grant.endsIn().toNanos();
      // When the store has meanwhile begun a new minute, what is left is of the old one.
      left = grant.submissions() + (ends - endsAt < SAME_MINUTE ? left : 0);
      exhausted = need == 1 && grant.submissions() == 0;
      endsAt = ends;
      return grant.submissions() > 0;
    }
  }
}
