package dev.errand.postgres.embedded;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A part of root's power, by the kernel's name and number. Containers take some of them away.
enum Capability {
  CHOWN(0),
  DAC_OVERRIDE(1),
  DAC_READ_SEARCH(2),
  SETGID(6),
  SETUID(7);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /// Whether this process has it.
  boolean held() throws IOException {
    try (var status = Files.lines(Path.of("/proc/self/status"))) {
      return status
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> new BigInteger(line.substring("CapEff:".length()).strip(), 16))
          .anyMatch(held -> held.testBit(number));
    }
  }

  /// As setpriv spells it.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
