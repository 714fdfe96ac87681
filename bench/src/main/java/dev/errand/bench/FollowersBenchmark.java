package dev.errand.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How long it takes from the commit of an event to those who follow its task, while very many
/// follow: nine in ten by Server-Sent Events, the others by WebSocket, each on a connection of its
/// own to a server in a process of its own, from one process with one thread.
///
/// Tasks of type `sleep` say a hundred times how far they are. What is measured begins with the
/// time stamp of an event, which is when the transaction that writes it begins, so that its commit
/// is part of it.
final class FollowersBenchmark {
  private static final double TARGET_MILLIS = 50;
  private static final int EVENTS_OF_TASK = 100;

  /// A worker runs so many at once.
  private static final int MAX_TASKS = 64;

  private static final int CONNECTS_PER_SECOND = 500;
  private static final Pattern ID = Pattern.compile("\"([0-9a-f-]{36})\"");
  private static final Pattern FILES = Pattern.compile("Max open files +(\\d+|unlimited)");

  /// For the database, the JVM and what comes with them.
  private static final int OTHER_FILES = 500;

  private final int followers;
  private final int tasks;
  private final int seconds;
  private final HttpClient http = HttpClient.newHttpClient();

  private FollowersBenchmark(int followers, int tasks, int seconds) {
    this.followers = followers;
    this.tasks = tasks;
    this.seconds = seconds;
  }

  /// @param words `[--followers N] [--events N] [--seconds N]`: so many events in all within so
  ///   much time
  /// @return whether the target was reached
  static boolean run(List<String> words, Path folder) throws Exception {
    int followers = 10_000;
    int events = 5_000;
    int seconds = 60;
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size() || !words.get(i + 1).matches("[1-9]\\d{0,6}")) {
        Bench.misunderstood(words.subList(i, words.size()));
      }
      int value = Integer.parseInt(words.get(i + 1));
      switch (words.get(i)) {
        case "--followers" -> followers = value;
        case "--events" -> events = value;
        case "--seconds" -> seconds = value;
        default -> Bench.misunderstood(words.subList(i, i + 1));
      }
    }
    int tasks = Math.clamp(Math.ceilDiv(events, EVENTS_OF_TASK), 1, MAX_TASKS);
    Report report = new Report(System.out);
    report.heading(Bench.machine());
    if (!enoughFiles(followers)) {
      return false;
    }
    new FollowersBenchmark(followers, tasks, Math.max(13, seconds)).run(folder, report);
    return report.missed() == 0;
  }

  private static boolean enoughFiles(int followers) throws IOException {
    Path limits = Path.of("/proc/self/limits");
    if (Files.exists(limits)) {
      Matcher most = FILES.matcher(Files.readString(limits).replaceAll("(?<=files) +\\S+", ""));
      if (most.find()
          && !most.group(1).equals("unlimited")
          && Long.parseLong(most.group(1)) < followers + OTHER_FILES) {
        System.err.printf(
            "%d followers need %d open files in one process, and %s are allowed here (ulimit -Hn)."
                + " Allow more, or say --followers.%n",
            followers, followers + OTHER_FILES, most.group(1));
        return false;
      }
    }
    return true;
  }

  private void run(Path folder, Report report) throws Exception {
    Path data = Files.createTempDirectory(folder, "errand");
    Installation errand = new Installation(Path.of(System.getenv("ERRAND_LAUNCHER")), data);
    try (RunningServer server =
        errand.serve(Map.of("TASKS_PER_MINUTE", String.valueOf(Integer.MAX_VALUE)))) {
      Duration untilStart = Duration.ofSeconds(10 + followers / CONNECTS_PER_SECOND);
      List<String> followed = submit(server, Instant.now().plus(untilStart));
      double before = server.megabytes();
      Process load = load(server);
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(load.getInputStream(), StandardCharsets.UTF_8))) {
        tell(load, followed);
        await(said, "connected");
        double after = server.megabytes();
        String[] measured = await(said, "measured").split(" ", -1);
        System.out.printf(
            "%,d followers of %d tasks, %d events of each within %d s%n",
            followers, tasks, EVENTS_OF_TASK, seconds);
        report.alone("server without followers", "MB", before);
        report.alone("server with all of them", "MB", after);
        report.alone("each of them", "KB", (after - before) * 1024 / followers);
        report.alone("event to follower, median", "ms", Double.parseDouble(measured[1]));
        report.atMost(
            TARGET_MILLIS,
            "ms",
            "event to follower, 99 of 100",
            Samples.once(Double.parseDouble(measured[2])));
        report.alone("event to follower, slowest", "ms", Double.parseDouble(measured[3]));
        report.alone("of them by WebSocket, 99 of 100", "ms", Double.parseDouble(measured[4]));
        report.alone("received in all", "", Double.parseDouble(measured[5]));
        report.atMost(0, "", "missing", Samples.once(Double.parseDouble(measured[6])));
        report.atMost(
            0, "", "doubled or out of order", Samples.once(Double.parseDouble(measured[7])));
      } finally {
        load.destroy();
      }
    }
  }

  /// Tasks that begin together, of which each takes up to a fifth less time than said, so that
  /// their events come as they happen to come.
  private List<String> submit(RunningServer server, Instant start)
      throws IOException, InterruptedException {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      bodies.add(
          String.format(
              Locale.ROOT,
              "{\"type\":\"sleep\",\"params\":{\"seconds\":%.3f},\"run_at\":\"%s\"}",
              seconds * (0.8 + 0.2 * i / tasks),
              start));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/tasks/batch"))
            .header("Authorization", "Bearer " + server.token())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"tasks\":[" + String.join(",", bodies) + "]}"))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    List<String> ids =
        ID.matcher(answer.substring(answer.indexOf('[')))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(ArrayList::new));
    if (ids.size() != tasks) {
      throw new IOException("The server answered " + answer);
    }
    Collections.shuffle(ids);
    return ids;
  }

  private Process load(RunningServer server) throws IOException {
    return LoadProcess.start(
        FollowerLoad.class, server.token(), 256, List.of(server.url(), String.valueOf(followers)));
  }

  private static void tell(Process load, List<String> tasks) throws IOException {
    try (BufferedWriter to =
        new BufferedWriter(
            new OutputStreamWriter(load.getOutputStream(), StandardCharsets.UTF_8))) {
      to.write(String.join(" ", tasks));
      to.newLine();
    }
  }

  private static String await(BufferedReader said, String word) throws IOException {
    String line = said.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new IOException("The followers said: " + line);
    }
    return line;
  }
}
