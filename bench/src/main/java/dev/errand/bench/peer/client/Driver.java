package dev.errand.bench.peer.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The driver as its processes see it: hears messages on the standard output, speaks words on the
/// standard input. When it is gone, so is this process.
final class Driver {
  private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

  private Driver() {}

  static Driver connected() {
    Driver driver = new Driver();
    Thread.ofPlatform().daemon().name("driver").start(driver::listen);
    return driver;
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String word = in.readLine(); word != null; word = in.readLine()) {
        words.add(word);
      }
    } catch (IOException _) {
      // As if nothing more came.
    }
    Runtime.getRuntime().halt(1);
  }

  void await(String word) throws InterruptedException {
    String heard = words.take();
    if (!heard.equals(word)) {
      throw new IllegalStateException("Expected %s, heard %s".formatted(word, heard));
    }
  }

  void say(String event, Map<String, ?> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    System.out.println(new Message(event, texts).line());
  }
}
