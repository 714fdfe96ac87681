package dev.errand.bench.peer;

import dev.errand.bench.peer.client.Message;
import dev.errand.bench.peer.client.Orders;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Takes one contestant through one phase.
public final class Measurements {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /// After the warm-up, until the store is idle.
  private static final long REST_MILLIS = 1_000;

  private final Contestant contestant;
  private final Phase phase;
  private final Store store;
  private final Clients clients;
  private final Plan plan;
  private final Map<Measure, Double> measured = new EnumMap<>(Measure.class);

  private Measurements(
      Contestant contestant, Phase phase, Store store, Clients clients, Plan plan) {
    this.contestant = contestant;
    this.phase = phase;
    this.store = store;
    this.clients = clients;
    this.plan = plan;
  }

  /// @throws Client.Failed when the contestant failed
  public static Map<Measure, Double> of(
      Contestant contestant, Phase phase, Store store, Clients clients, Plan plan)
      throws Exception {
    store.empty(contestant);
    Measurements measurements = new Measurements(contestant, phase, store, clients, plan);
    switch (phase) {
      case ENQUEUE -> measurements.enqueue();
      case BULK -> measurements.bulk();
      case DRAIN -> measurements.drain();
      case MIXED -> measurements.mixed();
      case PICK_UP -> measurements.pickUp();
      case PICK_UP_LOCAL -> measurements.pickUpLocal();
    }
    return measurements.measured;
  }

  private void enqueue() throws Exception {
    Processes before;
    try (Client producer = start(Role.PRODUCE, Pace.SINGLE, plan.jobs())) {
      producer.await("producer-ready");
      store.settle();
      before = Processes.now();
      producer.tell("go");
      Message produced = producer.await("produced");
      rate(Measure.ENQUEUE_RATE, plan.jobs(), time(produced, produced));
      Processes after = Processes.now();
      processorTime(Measure.ENQUEUE_CLIENT_CPU, before, after, producer.pid(), plan.jobs());
      processorTime(Measure.ENQUEUE_STORE_CPU, before, after, store.pid(), plan.jobs());
    }
  }

  private void bulk() throws Exception {
    int jobs = plan.bulkJobs();
    try (Client producer = start(Role.PRODUCE, Pace.BULK, jobs)) {
      producer.await("producer-ready");
      store.settle();
      producer.tell("go");
      Message produced = producer.await("produced");
      rate(Measure.BULK_RATE, jobs, time(produced, produced));
    }
  }

  private void drain() throws Exception {
    fill();
    store.settle();
    try (Client worker = start(Role.WORK, Pace.SINGLE, plan.jobs())) {
      Message warm = worker.await("warm");
      Processes before = Processes.now();
      Message worked = worker.await("worked");
      rate(Measure.DRAIN_RATE, plan.jobs(), worked.number("end") - warm.number("at"));
      Processes after = Processes.now();
      processorTime(Measure.DRAIN_CLIENT_CPU, before, after, worker.pid(), plan.jobs());
      processorTime(Measure.DRAIN_STORE_CPU, before, after, store.pid(), plan.jobs());
      Processes.peakMegabytes(worker.pid())
          .ifPresent(peak -> measured.put(Measure.WORKER_MEMORY, peak));
      repeats(worked);
    }
  }

  private void fill() throws Exception {
    try (Client producer = start(Role.PRODUCE, Pace.BULK, plan.jobs())) {
      producer.await("producer-ready");
      producer.tell("go");
      producer.await("produced");
    }
  }

  private void mixed() throws Exception {
    int jobs = plan.mixedJobs();
    try (Client worker = start(Role.WORK, Pace.SINGLE, jobs)) {
      worker.await("ready");
      try (Client producer = start(Role.PRODUCE, Pace.SINGLE, jobs)) {
        producer.await("producer-ready");
        worker.await("warm");
        store.settle();
        producer.tell("go");
        Message produced = producer.await("produced");
        Message worked = worker.await("worked");
        rate(Measure.MIXED_RATE, jobs, time(produced, worked));
        repeats(worked);
      }
    }
  }

  private void pickUp() throws Exception {
    try (Client worker = start(Role.WORK, Pace.PACED, plan.pickUps())) {
      worker.await("ready");
      try (Client producer = start(Role.PRODUCE, Pace.PACED, plan.pickUps())) {
        producer.await("producer-ready");
        worker.await("warm");
        double[] delays = delays(producer, worker);
        measured.put(Measure.PICK_UP_P50, quantile(delays, 0.5));
        measured.put(Measure.PICK_UP_P95, quantile(delays, 0.95));
        measured.put(Measure.PICK_UP_P99, quantile(delays, 0.99));
      }
    }
  }

  private void pickUpLocal() throws Exception {
    try (Client both = start(Role.BOTH, Pace.PACED, plan.pickUps())) {
      both.await("producer-ready");
      double[] delays = delays(both, both);
      measured.put(Measure.PICK_UP_LOCAL_P50, quantile(delays, 0.5));
      measured.put(Measure.PICK_UP_LOCAL_P95, quantile(delays, 0.95));
      measured.put(Measure.PICK_UP_LOCAL_P99, quantile(delays, 0.99));
    }
  }

  /// Milliseconds from the return of each call that enqueued to the handler, in ascending order.
  private double[] delays(Client producer, Client worker) throws Exception {
    Thread.sleep(REST_MILLIS);
    producer.tell("go");
    long[] returned = producer.await("produced").numbers("returned");
    Message worked = worker.await("worked");
    long[] started = worked.numbers("started");
    double[] delays = new double[returned.length];
    Arrays.setAll(delays, i -> (started[i] - returned[i]) / NANOS_PER_MILLI);
    Arrays.sort(delays);
    repeats(worked);
    return delays;
  }

  private Client start(Role role, Pace pace, int jobs) throws IOException {
    int full = pace == Pace.PACED ? plan.pickUpsToWarmUp() : plan.warmUp();
    int warmUp = full / contestant.slowness(phase);
    Orders orders = new Orders(contestant.toString(), role, pace, jobs, warmUp);
    return clients.start(orders, contestant, store.environment());
  }

  private static long time(Message produced, Message end) {
    return end.number("end") - produced.number("begin");
  }

  private void rate(Measure measure, int jobs, long nanos) {
    measured.put(measure, jobs / (nanos / NANOS_PER_SECOND));
  }

  private void processorTime(
      Measure measure, Processes before, Processes after, long root, int jobs) {
    if (after.known()) {
      measured.put(measure, (after.tree(root) - before.tree(root)) / jobs * 1_000);
    }
  }

  private void repeats(Message worked) {
    measured.put(Measure.REPEATS, (double) worked.number("repeats"));
  }

  private static double quantile(double[] ascending, double share) {
    return ascending[(int) Math.ceil(share * ascending.length) - 1];
  }
}
