package dev.errand.server.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param next the cursor of the page that follows, absent on the last one
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /// @param found up to [PageQuery#limit] of them
  /// @param cursor stands for an item with which a page ends
  public static <T> Page<T> of(List<T> found, PageQuery query, Function<T, String> cursor) {
    List<T> items = found.stream().limit(query.size()).toList();
    return new Page<>(items, found.size() > items.size() ? cursor.apply(items.getLast()) : null);
  }

  /// The items as a door shows them.
  public <J> List<J> shown(Function<T, J> showing) {
    return items.stream().map(showing).toList();
  }
}
