package dev.errand.chaos.kill;

import dev.errand.chaos.audit.Ledger;
import dev.errand.chaos.audit.Ledger.Order;
import dev.errand.chaos.node.ServerProcess;
import dev.errand.server.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Callers who submit at the same time. Whoever hears nothing asks again later, with the same key.
final class Callers {
  private static final int HOW_MANY = 3;
  private static final int LONGEST_PAUSE_MILLIS = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final JsonMapper JSON = WireJson.mapper(100_000);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path token;
  private final Ledger ledger;

  /// @param token the file that holds the administrator's
  Callers(Path token, Ledger ledger) {
    this.token = token;
    this.ledger = ledger;
  }

  /// Begins to submit `orders` at `server` as soon as it is ready.
  ///
  /// @return who does so; they end when all is submitted, or when the server has ended
  List<Thread> submit(List<Order> orders, ServerProcess server, SplittableRandom random) {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < HOW_MANY; i++) {
      int caller = i;
      SplittableRandom own = random.split();
      callers.add(Thread.ofVirtual().start(() -> submit(orders, caller, server, own)));
    }
    return callers;
  }

  private void submit(
      List<Order> orders, int caller, ServerProcess server, SplittableRandom random) {
    try {
      Optional<String> url = server.url();
      for (int i = caller; i < orders.size() && url.isPresent() && server.alive(); i += HOW_MANY) {
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        submit(orders.get(i), url.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      // The test ends.
    }
  }

  private void submit(Order order, String url) throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/tasks"))
              .header("Authorization", "Bearer " + Files.readString(token).strip())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", order.key())
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(order.body()))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 202) {
        String id = JSON.readTree(answer.body()).path("id").asString();
        ledger.promised(order, UUID.fromString(id));
      } else {
        ledger.refused(answer.statusCode());
      }
    } catch (IOException _) {
      // No answer: the order is given again.
    }
  }
}
