package dev.errand.bench.peer.client;

import java.util.List;
import java.util.function.IntConsumer;

/// What a comparison needs of a queue. A job carries its number and does nothing.
interface JobQueue {

  /// Creates the tables. Called in a process of its own.
  void createSchema() throws Exception;

  /// Makes ready to enqueue; a worker may have been started in this process before.
  void openProducer() throws Exception;

  /// Enqueues one job; when this returns it is durable. Called by many threads.
  void enqueue(int job) throws Exception;

  /// Enqueues many jobs in the way that the queue has for that. Called by many threads.
  void enqueueAll(List<Integer> jobs) throws Exception;

  /// Starts to work jobs off; `handler` is called once for each.
  void startWorker(IntConsumer handler) throws Exception;

  /// How many jobs the store does not show as finished.
  long unfinished() throws Exception;
}
