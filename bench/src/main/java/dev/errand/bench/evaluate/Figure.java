package dev.errand.bench.evaluate;

/// A measured share and its floor.
///
/// @param value 0 to 1
/// @param of how many it is a share
public record Figure(String what, double value, int of, double floor) {

  static Figure share(String what, long good, long of, double floor) {
    return new Figure(what, of == 0 ? 1 : (double) good / of, Math.toIntExact(of), floor);
  }

  public boolean held() {
    return value >= floor;
  }
}
