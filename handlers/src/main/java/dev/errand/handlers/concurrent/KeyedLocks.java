package dev.errand.handlers.concurrent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A lock for each key, such as the name of a folder. A lock that nobody holds or waits for takes
/// no memory. Thread-safe.
public final class KeyedLocks {
  private final Map<String, Shared> locks = new HashMap<>(); // guarded by this

  private static final class Shared {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }

  /// A lock until it is closed, by the thread that took it.
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits until no other thread holds the lock of `key`.
  public Held lock(String key) throws InterruptedException {
    Shared shared = use(key);
    try {
      shared.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(key, shared);
      throw e;
    }
    return () -> {
      shared.lock.unlock();
      leave(key, shared);
    };
  }

  private synchronized Shared use(String key) {
    Shared shared = locks.computeIfAbsent(key, _ -> new Shared());
    shared.users++;
    return shared;
  }

  private synchronized void leave(String key, Shared shared) {
    if (--shared.users == 0) {
      locks.remove(key);
    }
  }
}
