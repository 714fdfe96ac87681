package dev.errand.bench.peer.client;

import java.util.Map;

/// One process of a comparison, of a contestant that is written in Java.
public final class ClientMain {
  private ClientMain() {}

  public static void main(String[] words) {
    try {
      run(Orders.of(words), Driver.connected());
      Runtime.getRuntime().halt(0);
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void run(Orders orders, Driver driver) throws Exception {
    JobQueue queue = queue(orders.contestant());
    switch (orders.role()) {
      case SETUP -> queue.createSchema();
      case PRODUCE -> {
        queue.openProducer();
        new Producers(queue, orders, driver).run();
        driver.await("bye");
      }
      case WORK -> {
        Tally tally = new Tally(orders, driver);
        queue.startWorker(tally);
        driver.say("ready", Map.of());
        tally.awaitEnd(queue);
        driver.await("bye");
      }
      case BOTH -> {
        Tally tally = new Tally(orders, driver);
        queue.startWorker(tally);
        queue.openProducer();
        new Producers(queue, orders, driver).run();
        tally.awaitEnd(queue);
        driver.await("bye");
      }
    }
  }

  private static JobQueue queue(String contestant) {
    return switch (contestant) {
      case "errand" -> ErrandQueue.asShipped();
      case "errand-sleepers" -> ErrandQueue.ofSleepers();
      case "errand-blockers" -> ErrandQueue.ofBlockers();
      case "errand-blocked" -> ErrandQueue.ofBlocked();
      case "errand-others" -> ErrandQueue.ofOthers();
      case "errand-work" -> ErrandQueue.ofWork();
      case "floor" -> new FloorQueue();
      case "floor-coalescing" -> new CoalescingFloorQueue();
      case "jobrunr" -> new JobRunrQueue();
      case "db-scheduler" -> new DbSchedulerQueue();
      default -> throw new IllegalArgumentException("No contestant " + contestant);
    };
  }
}
