package dev.errand.bench.peer;

import dev.errand.bench.peer.client.ClientMain;
import dev.errand.bench.peer.client.Orders;
import dev.errand.bench.peer.client.Pace;
import dev.errand.bench.peer.client.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Starts the processes of contestants, all Java ones with the same options.
///
/// @param folder where their logs are
/// @param node empty when no contestant needs it
public record Clients(Path folder, Optional<NodeProgram> node) {
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-cp",
          System.getProperty("java.class.path"),
          ClientMain.class.getName());

  /// A process of Errand with `queue`, which says what is peculiar about it.
  public Client errand(String queue, Role role, Pace pace, int jobs, int warmUp, Store store)
      throws IOException {
    Orders orders = new Orders(queue, role, pace, jobs, warmUp);
    return start(orders, Contestant.ERRAND, store.environment());
  }

  public Client start(Orders orders, Contestant contestant, Map<String, String> environment)
      throws IOException {
    List<String> words = new ArrayList<>(program(contestant));
    words.addAll(orders.words());
    ProcessBuilder command = new ProcessBuilder(words).directory(folder.toFile());
    command.environment().keySet().retainAll(List.of("PATH", "JAVA_TOOL_OPTIONS"));
    command.environment().put("NODE_ENV", "production");
    command.environment().putAll(environment);
    String name = contestant + " (" + orders.words().get(1) + ")";
    return new Client(name, command, folder.resolve(contestant + "-" + orders.words().get(1)));
  }

  /// Runs a process that needs no orders but its role to its end.
  void run(Contestant contestant, Role role, Map<String, String> environment)
      throws IOException, Client.Failed, InterruptedException {
    Orders orders = new Orders(contestant.toString(), role, Pace.SINGLE, 0, 0);
    try (Client client = start(orders, contestant, environment)) {
      client.awaitEnd();
    }
  }

  private List<String> program(Contestant contestant) {
    return contestant.isNode() ? node.orElseThrow().command() : JAVA;
  }
}
