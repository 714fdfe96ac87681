package dev.errand.client;

import org.jspecify.annotations.Nullable;

/// Which tasks to list; an absent criterion lets every task through.
///
/// @param cursor [TaskPage#nextCursor()] of the page before, absent for the first page
/// @param limit tasks a page, 1 to 200
public record TaskQuery(
    @Nullable String status,
    @Nullable String type,
    @Nullable String tag,
    @Nullable String cursor,
    int limit) {

  /// The newest `limit` tasks.
  public static TaskQuery newest(int limit) {
    return new TaskQuery(null, null, null, null, limit);
  }

  public TaskQuery after(String cursor) {
    return new TaskQuery(status, type, tag, cursor, limit);
  }
}
