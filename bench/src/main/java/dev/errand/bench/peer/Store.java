package dev.errand.bench.peer;

import java.util.Map;

/// The server that keeps the jobs of contestants.
public interface Store extends AutoCloseable {

  /// Makes the store hold what `contestant` needs, and no job.
  void empty(Contestant contestant) throws Exception;

  /// Lets the store finish what it would otherwise do while something is measured.
  void settle() throws Exception;

  /// Tells processes of contestants where the store is.
  Map<String, String> environment();

  /// The process that all other processes of the store belong to.
  long pid();

  @Override
  void close();
}
