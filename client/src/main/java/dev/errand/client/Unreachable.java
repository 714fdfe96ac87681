package dev.errand.client;

/// No Errand server answered. Whether a request took effect is unknown.
public final class Unreachable extends RuntimeException {
  public Unreachable(String message, Throwable cause) {
    super(message, cause);
  }

  public Unreachable(String message) {
    super(message);
  }
}
