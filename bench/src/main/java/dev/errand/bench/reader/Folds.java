package dev.errand.bench.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Splits pages into folds for cross-validation, of about equal size and mix of types. All pages of
/// a site are in one fold: what is learned from one of them helps on the others.
final class Folds {
  private Folds() {}

  /// The number of each page's fold, from 0. Deterministic.
  static int[] of(List<KnownPage> pages, int count) {
    Map<String, Integer> bySite = new HashMap<>();
    Map<String, int[]> sizes = new HashMap<>();
    int[] folds = new int[pages.size()];
    for (int i = 0; i < folds.length; i++) {
      KnownPage page = pages.get(i);
      int[] size = sizes.computeIfAbsent(page.type(), _ -> new int[count]);
      folds[i] = bySite.computeIfAbsent(siteOf(page), _ -> smallest(size));
      size[folds[i]]++;
    }
    return folds;
  }

  /// A page from an unknown site is one of its own.
  private static String siteOf(KnownPage page) {
    return page.site().isEmpty() ? "/" + page.name() : page.site();
  }

  private static int smallest(int[] sizes) {
    int smallest = 0;
    for (int i = 1; i < sizes.length; i++) {
      smallest = sizes[i] < sizes[smallest] ? i : smallest;
    }
    return smallest;
  }

  /// The items within a fold, or all others.
  static <T> List<T> pick(List<T> all, int[] folds, int fold, boolean within) {
    List<T> picked = new ArrayList<>();
    for (int i = 0; i < folds.length; i++) {
      if ((folds[i] == fold) == within) {
        picked.add(all.get(i));
      }
    }
    return picked;
  }
}
