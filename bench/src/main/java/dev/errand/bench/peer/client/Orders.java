package dev.errand.bench.peer.client;

import java.util.List;
import java.util.Locale;

/// What a process of a comparison is told on its command line.
///
/// @param jobs how many are measured
/// @param warmUp how many go before them
public record Orders(String contestant, Role role, Pace pace, int jobs, int warmUp) {

  static Orders of(String... words) {
    return new Orders(
        words[0],
        Role.valueOf(words[1].toUpperCase(Locale.ROOT)),
        Pace.valueOf(words[2].toUpperCase(Locale.ROOT)),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]));
  }

  public List<String> words() {
    return List.of(
        contestant,
        role.name().toLowerCase(Locale.ROOT),
        pace.name().toLowerCase(Locale.ROOT),
        String.valueOf(jobs),
        String.valueOf(warmUp));
  }
}
