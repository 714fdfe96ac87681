package dev.errand.bench.peer.client;

/// How a producing process enqueues.
public enum Pace {
  /// 16 threads, one job a call, as fast as they can.
  SINGLE,

  /// 4 threads, 1,000 jobs a call.
  BULK,

  /// One thread, a job every 20 ms.
  PACED
}
