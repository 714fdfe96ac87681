package dev.errand.postgres;

import dev.errand.engine.signal.LocalSignals;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals within this process at once, and to other nodes by LISTEN and NOTIFY.
///
/// A connection of its own sends them, at once after a pause and otherwise gathered: a NOTIFY in
/// each transaction that causes one would make all commits queue for one lock. Of changes, only
/// those that somebody on another node follows are sent.
public final class PostgresSignals implements Signals, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresSignals.class);
  static final String CHANNEL = "errand";
  private static final String WORK = "work";

  /// What wakes the workers of all nodes, that of its sender too.
  static final String WORK_FOR_ALL = "* " + WORK;

  private static final String CANCEL = "cancel";
  private static final String FOLLOWS = "+";
  private static final Duration GATHER = Duration.ofMillis(5);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(30);
  private static final Duration RECONNECT = Duration.ofMillis(250);

  /// Who only listens cannot tell silence from a connection that is dead. So many seconds of it,
  /// and we ask.
  private static final int ASK_AFTER = 5;

  /// NOTIFY takes at most 8,000 bytes.
  private static final int MAX_PAYLOAD = 7_000;

  /// A node that cannot send for long drops signals: others poll.
  private static final int MAX_WAITING = 10_000;

  private final LocalSignals local = new LocalSignals();
  private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(MAX_WAITING);

  /// Whether [#WORK] is among what goes out next: of thousands a second, few are needed.
  private final AtomicBoolean workWaits = new AtomicBoolean();

  private final Interest interest = new Interest();
  private final String node = UUID.randomUUID().toString();
  private final DataSource sessions;
  private final Thread sender;
  private final Thread listener;
  private final CountDownLatch listening = new CountDownLatch(1);
  private final Set<Connection> kept = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// The threads whose last exchange broke off and has not begun again.
  private final Set<Thread> broken = ConcurrentHashMap.newKeySet();

  /// What is done with a connection until it breaks or all is closed.
  private interface Exchange {
    void over(Connection connection) throws SQLException, InterruptedException;
  }

  private PostgresSignals(DataSource sessions) {
    this.sessions = sessions;
    // Platform threads: handlers that compute may keep the carriers of virtual ones busy.
    this.sender =
        Thread.ofPlatform().daemon().name("signals-send").unstarted(() -> keep(this::send));
    this.listener =
        Thread.ofPlatform().daemon().name("signals-listen").unstarted(() -> keep(this::listen));
  }

  /// Starts to exchange signals with other nodes.
  ///
  /// @param sessions opens connections that are kept; not a pool
  public static PostgresSignals start(DataSource sessions) {
    PostgresSignals signals = new PostgresSignals(sessions);
    signals.sender.start();
    signals.listener.start();
    return signals;
  }

  /// Waits until other nodes are heard for the first time.
  void awaitListening() throws InterruptedException {
    listening.await();
  }

  /// Whether signals come and go, as far as is known.
  public boolean healthy() {
    return broken.isEmpty() && sender.isAlive() && listener.isAlive();
  }

  @Override
  public void work() {
    local.work();
    if (workWaits.compareAndSet(false, true)) {
      outgoing.offer(WORK);
    }
  }

  @Override
  public void cancelRequested() {
    local.cancelRequested();
    outgoing.offer(CANCEL);
  }

  @Override
  public void changed(TaskId task) {
    local.changed(task);
    if (interest.wants(task)) {
      outgoing.offer(task.toString());
    }
  }

  @Override
  public Subscription onWork(Runnable listener) {
    return local.onWork(listener);
  }

  @Override
  public Subscription onCancelRequest(Runnable listener) {
    return local.onCancelRequest(listener);
  }

  @Override
  public Subscription onChange(TaskId task, Runnable listener) {
    Subscription subscription = local.onChange(task, listener);
    outgoing.offer(FOLLOWS + task);
    return subscription;
  }

  @Override
  public void close() {
    closed = true;
    sender.interrupt();
    listener.interrupt();
    // While it listens, the listener waits in a read, which only the end of its connection ends.
    for (Connection connection : kept) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("Connection not closed: {}", e.getMessage());
      }
    }
  }

  private void keep(Exchange exchange) {
    while (!closed) {
      try {
        keepOnce(exchange);
      } catch (InterruptedException _) {
        // Only close() interrupts.
      } catch (Throwable e) {
        pauseAfter(e);
      }
    }
  }

  private void keepOnce(Exchange exchange) throws SQLException, InterruptedException {
    try (Connection connection = sessions.getConnection()) {
      kept.add(connection);
      broken.remove(Thread.currentThread());
      try {
        exchange.over(connection);
      } finally {
        kept.remove(connection);
      }
    }
  }

  private void pauseAfter(Throwable e) {
    if (closed) {
      return;
    }
    broken.add(Thread.currentThread());
    if (e instanceof SQLException) {
      log.debug("Signals pause until the database is back: {}", e.getMessage());
    } else {
      log.warn("Signals go on after an error", e);
    }
    try {
      Thread.sleep(RECONNECT);
    } catch (InterruptedException _) {
      // Only close() interrupts.
    }
  }

  private void send(Connection connection) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement()) {
      // What gets lost in a crash was a wake-up for those who will look by themselves.
      statement.execute("SET synchronous_commit = off");
    }
    long saidNanos = System.nanoTime();
    try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      while (!closed) {
        Set<String> gathered = new LinkedHashSet<>();
        @Nullable String first = outgoing.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          workWaits.set(false); // before they are taken: one that comes now is sent by itself
          gathered.add(first);
          outgoing.drainTo(gathered);
        }
        if (System.nanoTime() - saidNanos > SAY_AGAIN.toNanos()) {
          saidNanos = System.nanoTime();
          local.followed().forEach(task -> gathered.add(FOLLOWS + task));
          interest.forgetOld();
        }
        if (!gathered.isEmpty()) {
          for (String payload : payloads(gathered)) {
            notify.setString(1, CHANNEL);
            notify.setString(2, payload);
            notify.execute();
          }
          Thread.sleep(GATHER);
        }
      }
    }
  }

  private Set<String> payloads(Set<String> signals) {
    Set<String> payloads = new LinkedHashSet<>();
    StringBuilder payload = new StringBuilder(node);
    for (String signal : signals) {
      if (payload.length() + 1 + signal.length() > MAX_PAYLOAD) {
        payloads.add(payload.toString());
        payload = new StringBuilder(node);
      }
      payload.append(' ').append(signal);
    }
    payloads.add(payload.toString());
    return payloads;
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    listening.countDown();
    PGConnection notifications = connection.unwrap(PGConnection.class);
    int silent = 0;
    while (!closed) {
      PGNotification[] received = notifications.getNotifications(1_000);
      for (PGNotification notification : received) {
        receive(notification.getParameter());
      }
      silent = received.length == 0 ? silent + 1 : 0;
      if (silent > 0 && silent % ASK_AFTER == 0 && !connection.isValid(2)) {
        throw new SQLException("Nothing is heard of the database any more");
      }
    }
  }

  private void receive(String payload) {
    String[] words = payload.split(" ", -1);
    if (words[0].equals(node)) {
      return;
    }
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case WORK -> local.work();
        case CANCEL -> local.cancelRequested();
        case String task when task.startsWith(FOLLOWS) ->
            TaskId.parse(task.substring(1)).ifPresent(this::followed);
        case String task -> TaskId.parse(task).ifPresent(local::changed);
      }
    }
  }

  private void followed(TaskId task) {
    if (interest.begins(task)) {
      outgoing.offer(task.toString());
    }
  }
}
