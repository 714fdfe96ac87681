package dev.errand.bench.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Labels the stretches of a page by how much of each is in the known main text.
///
/// A long stretch is found by its runs of four words. A short one, such as a heading or a price,
/// may occur in many places; it is matched where it fits between its neighbours. No word of the
/// text is matched twice.
final class StretchLabels {
  private static final int RUN = 4;
  private static final int LONG = 6;

  private final List<List<String>> stretches;
  private final List<String> text;
  private final Map<List<String>, List<Integer>> runs = new HashMap<>();
  private final Map<String, List<Integer>> words = new HashMap<>();
  private final boolean[] used;
  private final float[] shares;

  /// Where in the text a long stretch was found.
  private record Found(int stretch, int from, int to) {}

  /// @param distance from where its neighbours were found
  private record Candidate(int stretch, int at, double distance) {}

  private StretchLabels(List<List<String>> stretches, List<String> text) {
    this.stretches = stretches;
    this.text = text;
    this.used = new boolean[text.size()];
    this.shares = new float[stretches.size()];
    for (int i = 0; i < text.size(); i++) {
      words.computeIfAbsent(text.get(i), _ -> new ArrayList<>()).add(i);
    }
    for (int i = 0; i + RUN <= text.size(); i++) {
      runs.computeIfAbsent(text.subList(i, i + RUN), _ -> new ArrayList<>()).add(i);
    }
  }

  /// For each stretch the share of it that is wanted, 0 to 1.
  ///
  /// @param stretches the words of each
  /// @param text the words of the known text
  static float[] shares(List<List<String>> stretches, List<String> text) {
    StretchLabels wanted = new StretchLabels(stretches, text);
    wanted.findShort(wanted.findLong());
    return wanted.shares;
  }

  private List<Found> findLong() {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      if (stretches.get(i).size() >= LONG) {
        findLong(i, found);
      }
    }
    return found;
  }

  private void findLong(int stretch, List<Found> found) {
    List<String> own = stretches.get(stretch);
    boolean[] covered = new boolean[own.size()];
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i + RUN <= own.size(); i++) {
      int near = starts.isEmpty() ? 0 : starts.getLast() + 1;
      int start = nearest(runs.getOrDefault(own.subList(i, i + RUN), List.of()), near);
      if (start >= 0) {
        starts.add(start);
        Arrays.fill(covered, i, i + RUN, true);
      }
    }
    shares[stretch] = share(covered);
    if (shares[stretch] > 0.5) {
      starts.forEach(start -> Arrays.fill(used, start, start + RUN, true));
      int from = starts.stream().mapToInt(Integer::intValue).min().orElse(0);
      int to = starts.stream().mapToInt(Integer::intValue).max().orElse(0) + RUN;
      found.add(new Found(stretch, from, to));
    }
  }

  private int nearest(List<Integer> places, int near) {
    return places.stream()
        .filter(place -> !used[place])
        .min(Comparator.comparingInt(place -> Math.abs(place - near)))
        .orElse(-1);
  }

  private static float share(boolean[] covered) {
    int count = 0;
    for (boolean one : covered) {
      count += one ? 1 : 0;
    }
    return (float) count / covered.length;
  }

  private void findShort(List<Found> found) {
    List<Candidate> candidates = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < stretches.size(); i++) {
      while (next < found.size() && found.get(next).stretch() < i) {
        next++;
      }
      List<String> own = stretches.get(i);
      if (!own.isEmpty() && own.size() < LONG) {
        for (int at : words.getOrDefault(own.getFirst(), List.of())) {
          if (isFree(at, own)) {
            candidates.add(new Candidate(i, at, distance(i, at, found, next)));
          }
        }
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::distance));
    for (Candidate candidate : candidates) {
      List<String> own = stretches.get(candidate.stretch());
      if (shares[candidate.stretch()] == 0 && isFree(candidate.at(), own)) {
        shares[candidate.stretch()] = 1;
        Arrays.fill(used, candidate.at(), candidate.at() + own.size(), true);
      }
    }
  }

  private boolean isFree(int at, List<String> own) {
    for (int i = 0; i < own.size(); i++) {
      if (at + i >= used.length || used[at + i] || !text.get(at + i).equals(own.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Between its two neighbours nothing but the way to the nearer one counts; where one is missing,
  /// the way through the text counts less, since nothing bounds it.
  private static double distance(int stretch, int at, List<Found> found, int next) {
    Found before = next == 0 ? null : found.get(next - 1);
    Found after = next == found.size() ? null : found.get(next);
    if (before != null && after != null) {
      boolean between = before.to() <= at && at <= after.from();
      int way = Math.min(Math.abs(at - before.to()), Math.abs(at - after.from()));
      int steps = Math.min(stretch - before.stretch(), after.stretch() - stretch);
      return (between ? 0 : way) + 0.1 * steps;
    }
    if (before != null) {
      return 0.3 * Math.abs(at - before.to()) + 0.1 * (stretch - before.stretch());
    }
    if (after != null) {
      return 0.3 * Math.abs(at - after.from()) + 0.1 * (after.stretch() - stretch);
    }
    return 0.01 * at;
  }
}
